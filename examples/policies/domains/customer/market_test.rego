package domains.customer_test

import data.domains.customer

test_others_see_the_european_market if {
	filters := customer.filter with input as {"subject": {"domains": ["marketing"]}}
	count(filters) == 1
	some condition in filters
	contains(condition, "'Germany'")
	not contains(condition, "'Brazil'")
}

test_the_domain_sees_all_markets if {
	filters := customer.filter with input as {"subject": {"domains": ["customer"]}}
	count(filters) == 0
}
