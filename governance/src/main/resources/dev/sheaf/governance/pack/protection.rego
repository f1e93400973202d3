# METADATA
# title: Protection of what is declared and published
# description: Retention, encryption, quality, names and classification of products.
package rules.protection

import data.lib

declaring := {"product.apply", "product.publish"}

deny contains sprintf("retention.range: personal data is kept %d to %d days, not %d", [least, most, days]) if {
	input.action in declaring
	lib.has_personal
	days := input.resource.retentionDays
	least := data.sheaf_settings.retentionDays.least
	most := data.sheaf_settings.retentionDays.most
	not in_range(days, least, most)
}

in_range(value, least, most) if {
	value >= least
	value <= most
}

deny contains "encryption.missing: personal data is stored encrypted at rest" if {
	input.action == "product.publish"
	lib.has_personal
	input.resource.store.encryptedAtRest == false
}

deny contains "encryption.unknown: nobody has said whether the store encrypts at rest (lake.stores, encryptedAtRest)" if {
	input.action == "product.publish"
	lib.has_personal
	data.sheaf_settings.unknownEncryptionHolds == true
	input.resource.quality
	not input.resource.store
}

deny contains sprintf("quality.low: the score is %v, and %v is wanted", [score, wanted]) if {
	input.action == "product.publish"
	score := input.resource.quality.score
	score < wanted
}

# What the mesh wants, or what the product's owner does, where owners may want less.
wanted := min([data.sheaf_settings.qualityScore, input.resource.quality.minScore]) if {
	data.sheaf_settings.ownScoreCounts == true
	input.resource.quality.minScore
} else := data.sheaf_settings.qualityScore

deny contains sprintf("naming.product: %q is not lower-case letters, digits and hyphens", [name]) if {
	input.action == "product.apply"
	name := input.resource.name
	not regex.match(`^[a-z][a-z0-9-]{1,62}$`, name)
}

deny contains sprintf("classification.unknown: column %q is classified %q", [column.name, column.classification]) if {
	input.action in declaring
	some column in input.resource.columns
	column.classification != ""
	not column.classification in known
}

known := lib.personal | lib.secret | {"public", "internal", "confidential"}

# What looks personal waits until its owner has decided: by a classification, or by the tag not-personal.
deny contains sprintf(
	"classification.undecided: column %q looks like %s; classify it (classification: %s), or say that it is none (tags: [not-personal])",
	[column.name, column.looksLike, column.looksLike],
) if {
	input.action == "product.publish"
	some column in undecided
	data.sheaf_settings.undecidedHolds == true
}

undecided contains column if {
	some column in input.resource.columns
	object.get(column, "classification", "") == ""
	column.looksLike != ""
	not "not-personal" in object.get(column, "tags", [])
	object.get(column, "confidence", 1) >= data.sheaf_settings.undecidedConfidence
}
