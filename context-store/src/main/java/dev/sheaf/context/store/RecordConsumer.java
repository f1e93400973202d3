package dev.sheaf.context.store;

/// Takes the records of a replay, one by one, in the log's order.
@FunctionalInterface
public interface RecordConsumer {
    void accept(LogRecord record);
}
