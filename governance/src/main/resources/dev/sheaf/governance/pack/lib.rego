# METADATA
# title: Words of the other packages
package lib

reading := {"product.query", "product.sample", "product.describe", "context.read"}

# Kinds of personal data, as columns and fields are classified.
personal := {
	"pii", "personal", "email", "name", "phone", "address", "card", "iban", "national_id",
	"date_of_birth", "ip", "health", "sensitive",
}

# Kinds that only their own domain sees as they are.
secret := {"secret", "restricted"}

default is_own := false

is_own if "*" in input.subject.domains

is_own if input.resource.domain in input.subject.domains

# Grants of the caller for this resource that count now, for what the caller says it is for.
grants := [grant |
	some grant in running
	grant.purpose == input.context.purpose
]

# Grants of the caller for this resource that have begun and not ended, for whatever purpose.
running := [grant |
	some grant in input.context.grants
	grant.resource == granted
	grant.untilNanos > input.context.nowNanos
	grant.fromNanos <= input.context.nowNanos
	not grant.revoked
]

# What grants name: a product, or a context type with all its documents. A product's id is not asked
# for: who does not look at ids decides for all documents of a type at once.
granted := concat(".", [input.resource.domain, input.resource.name]) if input.resource.kind != "context"

granted := input.resource.name if input.resource.kind == "context"

personal_columns := [column |
	some column in input.resource.columns
	column.classification in personal
]

default has_personal := false

has_personal if count(personal_columns) > 0

has_personal if input.resource.classification in personal
