# METADATA
# title: Purpose
# description: Personal data is read for a purpose that is said.
package rules.purpose

import data.lib

deny contains "purpose.missing: say for what personal data is read (purpose)" if {
	input.action in {"product.query", "product.sample", "context.read"}
	lib.has_personal
	not lib.is_own
	object.get(input.context, "purpose", "") == ""
}
