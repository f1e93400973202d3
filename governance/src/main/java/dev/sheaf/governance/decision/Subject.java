package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.util.Set;

/// Who asks, as a verified token says.
///
/// @param kind `user` or `service`
/// @param domains names of domains whose people the subject is of, `*` for all
public record Subject(
        String id, String kind, Set<String> teams, Set<String> roles, Set<String> domains) {
    private static final ObjectShape SHAPE =
            ObjectShape.of("id", "kind", "teams", "roles", "domains");

    public Subject {
        teams = Set.copyOf(teams);
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }

    /// The member `subject` of the input document.
    public ObjectValue toValue() {
        return SHAPE.with(
                StringValue.of(id),
                StringValue.of(kind),
                Texts.array(teams),
                Texts.array(roles),
                Texts.array(domains));
    }
}
