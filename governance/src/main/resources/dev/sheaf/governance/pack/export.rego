# METADATA
# title: Export
# description: |
#   Which regions may know of a product at all: all of the mesh, unless its owner names some. What
#   they may know then, and whether its data may follow, residency says.
package rules.export

permit contains "export.default: regions of the mesh may know of it" if {
	input.action == "product.export"
	not named
}

permit contains "export.owner: the owner names the region" if {
	input.action == "product.export"
	input.context.destination in input.resource.export
}

deny contains sprintf("export.owner: %s is not among %s", [input.context.destination, input.resource.export]) if {
	input.action == "product.export"
	not input.context.destination in input.resource.export
	named
}

named if input.resource.export
