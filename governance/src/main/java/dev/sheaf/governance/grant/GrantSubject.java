package dev.sheaf.governance.grant;

import dev.sheaf.governance.decision.Subject;

import java.util.ArrayList;
import java.util.List;

/// Who holds a grant.
///
/// As text a team is `team:NAME`, and everything else is a user. A user whose identity provider
/// calls them `team:…` can therefore be given nothing, and never passes for the team.
public sealed interface GrantSubject {
    String TEAM_PREFIX = "team:";

    /// What [#parse] reads again.
    String text();

    /// @param id as tokens name the subject
    record User(String id) implements GrantSubject {
        public User {
            Words.require("the subject", id, Words.NAME_CHARACTERS_MAX);
        }

        @Override
        public String text() {
            return id;
        }
    }

    /// @param name without the prefix
    record Team(String name) implements GrantSubject {
        public Team {
            Words.require("the team", name, Words.NAME_CHARACTERS_MAX);
        }

        @Override
        public String text() {
            return TEAM_PREFIX + name;
        }
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE for what is empty, too long or not plain text
    static GrantSubject parse(String text) {
        return text.startsWith(TEAM_PREFIX)
                ? new Team(text.substring(TEAM_PREFIX.length()))
                : new User(text);
    }

    /// As whom a caller holds grants: themselves, and each of their teams. What cannot hold any,
    /// such as a name that is too long, is left out.
    static List<GrantSubject> of(Subject caller) {
        List<GrantSubject> all = new ArrayList<>();
        if (Words.isPlain(caller.id(), Words.NAME_CHARACTERS_MAX)) {
            all.add(new User(caller.id()));
        }
        for (String team : caller.teams()) {
            if (Words.isPlain(team, Words.NAME_CHARACTERS_MAX)) {
                all.add(new Team(team));
            }
        }
        return all;
    }
}
