# METADATA
# title: Residency
# description: |
#   Data stays in the regions that its owner names; personal data of the European Union (GDPR)
#   stays in regions of its area, and that of California (CCPA) in the United States, unless the
#   owner names more. What a query or a sample answers to another region is bound by the same: it
#   is denied where the owner does not name the region, and goes without personal columns where a
#   law keeps them.
package rules.residency

import data.lib

moving := {"product.transfer", "product.publish", "context.replicate"}

deny contains sprintf("residency.owner: %s is not among %s", [target, input.resource.residency]) if {
	input.action in moving
	some target in destinations
	has_named
	not target in input.resource.residency
}

deny contains sprintf("residency.%s: personal data may not go to %s", [law, target]) if {
	input.action in moving
	lib.has_personal
	not has_named
	some law, areas in data.sheaf_settings.areas
	input.resource.home in areas
	some target in destinations
	not target in areas
}

deny contains sprintf("residency.owner: an answer may not go to %s; it is not among %s", [target, input.resource.residency]) if {
	answers_elsewhere
	some target in destinations
	has_named
	not target in input.resource.residency
}

# Of what is personal as a whole no column is left that may go.
deny contains sprintf("residency.%s: personal data may not go to %s", [law, target]) if {
	answers_elsewhere
	input.resource.classification in lib.personal
	some law, target in held_back
}

# Nothing of a personal value goes, not even a part of it or a digest.
mask[column.name] := {"kind": "null"} if {
	answers_elsewhere
	count(held_back) > 0
	some column in lib.personal_columns
}

# Whether somebody in another region gets rows.
answers_elsewhere if {
	input.action in {"product.query", "product.sample"}
	some target in destinations
	target != input.resource.home
}

# Laws that keep personal data from where the answer goes.
held_back[law] := target if {
	not has_named
	some law, areas in data.sheaf_settings.areas
	input.resource.home in areas
	some target in destinations
	not target in areas
}

# Whether the owner names regions.
has_named if count(input.resource.residency) > 0

destinations contains input.context.destination
