# METADATA
# title: Residency
# description: |
#   Data stays in the regions that its owner names; personal data of the European Union (GDPR)
#   stays in regions of its area, and that of California (CCPA) in the United States, unless the
#   owner names more.
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

# Whether the owner names regions.
has_named if count(input.resource.residency) > 0

destinations contains input.context.destination
