# METADATA
# title: Masking of personal data
# description: |
#   Personal columns are masked for all but the owning domain's own people; a grant that says
#   "clear" shows them as they are. Secrets are never shown outside their domain.
package rules.masking

import data.lib

mask[column.name] := how if {
	not lib.is_own
	not clear
	some column in lib.personal_columns
	how := object.get(by_kind, column.classification, {"kind": "hash"})
}

mask[column.name] := {"kind": "null"} if {
	not lib.is_own
	some column in input.resource.columns
	column.classification in lib.secret
}

clear if {
	some grant in lib.grants
	grant.clear == true
}

by_kind := {
	"email": {"kind": "partial", "keepFirst": 1, "keepFrom": "@"},
	"name": {"kind": "partial", "keepFirst": 1},
	"phone": {"kind": "partial", "keepLast": 3},
	"card": {"kind": "partial", "keepLast": 4},
	"iban": {"kind": "partial", "keepFirst": 2, "keepLast": 4},
	"date_of_birth": {"kind": "generalise", "to": "year"},
	"address": {"kind": "null"},
	"ip": {"kind": "hash"},
	"health": {"kind": "null"},
	"sensitive": {"kind": "null"},
}
