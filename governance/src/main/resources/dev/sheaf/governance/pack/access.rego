# METADATA
# title: Access
# description: Who may do what - the domain's own people, holders of a grant, readers of public data.
package rules.access

import data.lib

# Their own: products, and context, which they read, write and erase as their token's scopes say. A
# node that replicates a context type asks for the domain that declares it.
permit contains "access.own: the caller is of the domain" if {
	lib.is_own
}

# Reading by grant, for the purpose it was given for.
permit contains concat(": ", ["access.grant", grant.id]) if {
	input.action in lib.reading
	some grant in lib.grants
}

# Holders know what they hold: a description is seen without saying what for.
permit contains concat(": ", ["access.holder", grant.id]) if {
	input.action == "product.describe"
	some grant in lib.running
}

permit contains "access.public: public data is for all who are known" if {
	input.action in lib.reading
	input.resource.classification == "public"
}

# Auditors see that things exist and what was decided on them, not what is in them.
permit contains "access.auditor: auditors see descriptions" if {
	input.action == "product.describe"
	"auditor" in input.subject.roles
}

# Privacy officers erase, in whatever domain, and see that what they erase in exists.
permit contains "access.privacy: privacy officers erase persons' data" if {
	input.action in {"product.erase", "context.erase", "product.describe"}
	"privacy-officer" in input.subject.roles
}

# What everybody may know of a product: that it is there, unless it is not discoverable.
permit contains "access.discover: discoverable products show what they are" if {
	input.action == "product.describe"
	input.resource.discoverable == true
}

deny contains "access.suspended: the caller is suspended" if {
	input.subject.id in data.sheaf_settings.suspended
}
