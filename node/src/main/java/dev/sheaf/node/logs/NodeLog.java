package dev.sheaf.node.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;

import dev.sheaf.node.config.LogConfig;

import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.nio.file.Path;

/// Sends the log into two files: `node.jsonl`, and `audit.jsonl` for what was decided, read and
/// written.
public final class NodeLog implements AutoCloseable {
    private static final String AUDIT = "audit";

    /// gRPC speaks to the JDK's own logger, which writes stack traces of broken connections to the
    /// console. Links log themselves what befell them. Held here, as the JDK forgets its loggers.
    private static final java.util.logging.Logger GRPC =
            java.util.logging.Logger.getLogger("io.grpc");

    /// OpenTelemetry speaks to the JDK's logger too, of collectors that take no spans.
    private static final java.util.logging.Logger OPENTELEMETRY =
            java.util.logging.Logger.getLogger("io.opentelemetry");

    private final LoggerContext context;

    private NodeLog(LoggerContext context) {
        this.context = context;
    }

    /// From here on whatever the process logs goes into the folder.
    public static NodeLog into(Path folder, LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        GRPC.setLevel(java.util.logging.Level.SEVERE);
        if (OPENTELEMETRY.getUseParentHandlers()) {
            OPENTELEMETRY.setUseParentHandlers(false);
            OPENTELEMETRY.addHandler(new SLF4JBridgeHandler());
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(file(context, folder, "node", config));
        context.getLogger("dev.sheaf").setLevel(Level.toLevel(config.level().name()));
        Logger audit = context.getLogger(AUDIT);
        audit.setLevel(Level.INFO);
        audit.setAdditive(false);
        audit.addAppender(file(context, folder, AUDIT, config));
        return new NodeLog(context);
    }

    private static RollingFileAppender<ILoggingEvent> file(
            LoggerContext context, Path folder, String name, LogConfig config) {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(folder.resolve(name + ".jsonl").toString());
        FixedWindowRollingPolicy aside = new FixedWindowRollingPolicy();
        aside.setContext(context);
        aside.setParent(appender);
        aside.setFileNamePattern(folder.resolve(name + ".%i.jsonl").toString());
        aside.setMinIndex(1);
        aside.setMaxIndex(Math.min(config.filesKept(), 20));
        aside.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> when = new SizeBasedTriggeringPolicy<>();
        when.setContext(context);
        when.setMaxFileSize(new FileSize(config.fileMax().bytes()));
        when.start();
        appender.setEncoder(encoder);
        appender.setRollingPolicy(aside);
        appender.setTriggeringPolicy(when);
        appender.start();
        return appender;
    }

    /// Writes what is not written yet.
    @Override
    public void close() {
        context.stop();
    }
}
