package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.util.Set;

/// Who asks, as a verified token says.
///
/// @param kind `user` or `service`
/// @param domains names of domains whose people the subject is of, `*` for all
public record Subject(
        String id, String kind, Set<String> teams, Set<String> roles, Set<String> domains) {
    public Subject {
        teams = Set.copyOf(teams);
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }

    /// The member `subject` of the input document.
    public ObjectValue toValue() {
        return new ObjectValue.Builder(5)
                .put("id", StringValue.of(id))
                .put("kind", StringValue.of(kind))
                .put("teams", Texts.array(teams))
                .put("roles", Texts.array(roles))
                .put("domains", Texts.array(domains))
                .build();
    }
}
