# title (en): Normalisation, phase 1
# title (zh): 规范化第一步
# description (en): Types and component properties that a cube may leave unsaid are written out.
# description (zh): 写出立方体可以省略的类型和组成属性。

PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation a qb:Observation . ?dataSet a qb:DataSet . } WHERE { ?observation qb:dataSet ?dataSet } ;
INSERT { ?observation a qb:Observation . } WHERE { ?slice qb:observation ?observation } ;
INSERT { ?slice a qb:Slice . } WHERE { ?dataSet qb:slice ?slice } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:DimensionProperty . }
WHERE { ?component qb:dimension ?property } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:MeasureProperty . }
WHERE { ?component qb:measure ?property } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:AttributeProperty . }
WHERE { ?component qb:attribute ?property }
