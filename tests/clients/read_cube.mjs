// Reads a cube from a SPARQL endpoint with rdf-cube-view-query: its dimensions and all of its observations, as JSON.
// Arguments: the folder with node_modules, the address of the endpoint.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [home, endpointUrl] = process.argv.slice(2)
const load = name => import(pathToFileURL(createRequire(`${home}/`).resolve(name)))
const { Source, View } = await load('rdf-cube-view-query')
const { default: rdf } = await load('@zazuko/env')
const type = rdf.namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type')

const source = new Source({ endpointUrl, queryOperation: 'postUrlencoded' })
const result = []
for (const cube of await source.cubes()) {
  const view = View.fromCube(cube)
  const observations = await view.observations()
  result.push({
    cube: cube.term.value,
    dimensions: cube.dimensions.map(dimension => ({
      path: dimension.path.value,
      datatype: dimension.datatype?.value,
      values: dimension.in.map(term => term.value),
      types: dimension.out(type).values,
    })),
    observations: observations.map(row =>
      Object.fromEntries(Object.entries(row).map(([property, term]) => [property, term.value]))),
  })
  view.clear()
}
console.log(JSON.stringify(result))
