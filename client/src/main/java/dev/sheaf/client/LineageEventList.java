package dev.sheaf.client;

import java.util.List;
import java.util.OptionalLong;

/// Events, newest first.
///
/// @param next to ask for those before
public record LineageEventList(List<LineageEventInfo> events, OptionalLong next) {
    public LineageEventList {
        events = List.copyOf(events);
    }
}
