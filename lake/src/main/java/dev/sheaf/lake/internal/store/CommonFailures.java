package dev.sheaf.lake.internal.store;

import org.apache.iceberg.exceptions.NotFoundException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// Failures that the JDK's own exceptions tell, whatever library wraps them.
final class CommonFailures {
    private static final int CAUSES_MAX = 20;

    private CommonFailures() {}

    static Optional<Failure> of(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            Optional<Failure> failure = ofOne(cause);
            if (failure.isPresent()) {
                return failure;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<Failure> ofOne(Throwable error) {
        return switch (error) {
            case NoSuchFileException _, NotFoundException _ -> Optional.of(Failure.MISSING_OBJECT);
            case AccessDeniedException _ -> Optional.of(Failure.READ_ONLY);
            case ConnectException _,
                    UnknownHostException _,
                    UnresolvedAddressException _,
                    NoRouteToHostException _,
                    SocketTimeoutException _,
                    HttpTimeoutException _,
                    TimeoutException _,
                    SocketException _ ->
                    Optional.of(Failure.UNREACHABLE);
            case SSLException _ -> Optional.of(Failure.WRONG_ENDPOINT);
            case FileSystemException e -> ofText(e.getReason());
            default -> ofText(error.getMessage());
        };
    }

    /// The kernel's words for ENOSPC, EDQUOT, EFBIG, EROFS and EPERM; the JDK has no types for
    /// them.
    private static Optional<Failure> ofText(@org.jspecify.annotations.Nullable String text) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")
                || lower.contains("disk quota exceeded")
                || lower.contains("file too large")) {
            return Optional.of(Failure.FULL);
        }
        return lower.contains("read-only file system") || lower.contains("operation not permitted")
                ? Optional.of(Failure.READ_ONLY)
                : Optional.empty();
    }
}
