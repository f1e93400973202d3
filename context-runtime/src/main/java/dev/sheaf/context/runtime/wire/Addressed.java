package dev.sheaf.context.runtime.wire;

import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;

/// A message and the group that it is about.
public record Addressed(GroupId group, Message message) {}
