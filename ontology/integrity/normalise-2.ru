# title (en): Normalisation, phase 2
# title (zh): 规范化第二步
# description (en): What a data set or slice says for all of its observations is written to each of them.
# description (zh): 把数据集或切片上为其全部观测值给出的内容写到每个观测值上。

PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation ?property ?value . }
WHERE {
  ?dataSet qb:structure/qb:component ?component .
  ?component qb:componentAttachment qb:DataSet ;
    qb:componentProperty ?property .
  ?dataSet ?property ?value .
  ?observation qb:dataSet ?dataSet .
} ;
INSERT { ?observation ?property ?value . }
WHERE {
  ?dataSet qb:structure/qb:component ?component ;
    qb:slice ?slice .
  ?component qb:componentAttachment qb:Slice ;
    qb:componentProperty ?property .
  ?slice ?property ?value ;
    qb:observation ?observation .
} ;
INSERT { ?observation ?dimension ?value . }
WHERE {
  ?dataSet qb:structure/qb:component/qb:componentProperty ?dimension ;
    qb:slice ?slice .
  ?dimension a qb:DimensionProperty .
  ?slice ?dimension ?value ;
    qb:observation ?observation .
}
