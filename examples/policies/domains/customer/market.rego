# METADATA
# title: Markets of the customer domain
# description: People of other domains see the customers of the European market; its own people see all.
package domains.customer

filter contains condition if {
	not is_own
	names := [sprintf("'%s'", [name]) | some name in european]
	condition := sprintf("country IN (%s)", [concat(", ", names)])
}

is_own if "customer" in input.subject.domains

is_own if "*" in input.subject.domains

european := [
	"Austria", "Belgium", "Czech Republic", "Denmark", "Finland", "France", "Germany", "Hungary",
	"Ireland", "Italy", "Netherlands", "Norway", "Poland", "Portugal", "Spain", "Sweden",
	"United Kingdom",
]
