# METADATA
# title: The decision
# description: |
#   What a node asks. Everything is denied that nothing permits, and what anything denies stays
#   denied. The mesh's rules are packages below rules; a domain adds its own as the package
#   domains.<name>, which count for its own resources only.
# entrypoint: true
package sheaf

decision := {
	"allow": allow,
	"reasons": reasons,
	"masks": masks,
	"filters": filters,
	"maxCost": caps,
}

default allow := false

allow if {
	count(denials) == 0
	count(permits) > 0
}

permits contains reason if {
	some reason in data.rules[_].permit
}

permits contains reason if {
	some reason in data.domains[input.resource.domain].permit
}

denials contains reason if {
	some reason in data.rules[_].deny
}

denials contains reason if {
	some reason in data.domains[input.resource.domain].deny
}

# Why: the denials, or what permits it, or that nothing does.
reasons := denials if count(denials) > 0

reasons := permits if {
	count(denials) == 0
	count(permits) > 0
}

reasons := {"default: nothing permits it"} if {
	count(denials) == 0
	count(permits) == 0
}

# Of several masks for one column the strictest counts. What is no mask counts as the strictest of all,
# so that the decision fails: if it were passed over, the column would be shown as it is.
masks[column] := mask if {
	some column, proposals in proposed
	count(proposals) == 1
	some mask in proposals
}

masks[column] := strictest if {
	some column, proposals in proposed
	count(proposals) > 1
	least := min({strictness(proposal) | some proposal in proposals})
	candidates := [proposal |
		some proposal in proposals
		strictness(proposal) == least
	]
	strictest := candidates[0]
}

default strictness(_) := -1

strictness(proposal) := severity[proposal.kind]

proposed[column] contains mask if {
	some column, mask in data.rules[_].mask
}

proposed[column] contains mask if {
	some column, mask in data.domains[input.resource.domain].mask
}

severity := {
	"null": 0,
	"fixed": 1,
	"hash": 2,
	"tokenise": 3,
	"generalise": 4,
	"partial": 5,
	"sql": 6,
}

filters contains filter if {
	some filter in data.rules[_].filter
}

filters contains filter if {
	some filter in data.domains[input.resource.domain].filter
}

# What moving the answer to another region may cost; the least counts.
caps contains cap if {
	some cap in data.rules[_].max_cost
}

caps contains cap if {
	some cap in data.domains[input.resource.domain].max_cost
}
