package dev.sheaf.client;

import java.util.List;

/// In order of the regions' names.
///
/// @param mesh its name
public record MemberList(String mesh, List<MemberInfo> members) {
    public MemberList {
        members = List.copyOf(members);
    }
}
