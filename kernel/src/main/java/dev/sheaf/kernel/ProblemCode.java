package dev.sheaf.kernel;

/// The stable names of everything that can go wrong at a boundary, in one table.
///
/// Each code has an HTTP status, an exit code for the command line and a statement whether trying
/// the same again can help. Names are part of the public API: they never change their meaning.
public enum ProblemCode {
    /// A request or command that is malformed in itself.
    BAD_REQUEST(400, ExitCode.USAGE, false),
    /// A name, size, duration or region that does not have the required form.
    INVALID_VALUE(400, ExitCode.USAGE, false),
    /// Configuration that cannot be used; the message lists every fault with file and key.
    INVALID_CONFIGURATION(400, ExitCode.USAGE, false),
    /// No token, or one that is expired, forged or from an issuer that is not trusted.
    UNAUTHENTICATED(401, ExitCode.DENIED, false),
    /// A known caller who may not do this.
    FORBIDDEN(403, ExitCode.DENIED, false),
    /// No such domain, product, contract, release or file, or none that the caller may know of.
    NOT_FOUND(404, ExitCode.NOT_FOUND, false),
    /// The state has moved on, or somebody else holds what is needed.
    CONFLICT(409, ExitCode.CONFLICT, true),
    /// The request body or a single value is larger than allowed.
    TOO_LARGE(413, ExitCode.USAGE, false),
    /// A body of a media type that is not taken here.
    UNSUPPORTED_MEDIA_TYPE(415, ExitCode.USAGE, false),
    /// A contract or product descriptor that its standard does not allow.
    INVALID_CONTRACT(422, ExitCode.NEGATIVE, false),
    /// A policy that cannot be compiled, or whose rules contradict each other; the details tell
    /// every place.
    INVALID_POLICY(422, ExitCode.NEGATIVE, false),
    /// A change that breaks consumers without a new major version.
    BREAKING_CHANGE(422, ExitCode.NEGATIVE, false),
    /// An input file that cannot be read at all (corrupt, truncated, wrong format).
    UNREADABLE_INPUT(422, ExitCode.NEGATIVE, false),
    /// The quality gate refused the release; the last good one stays.
    RELEASE_REFUSED(422, ExitCode.NEGATIVE, false),
    /// A document or value that its context type's schema does not allow.
    SCHEMA_VIOLATION(422, ExitCode.NEGATIVE, false),
    /// A field that is written once has its value already.
    IMMUTABLE_FIELD(422, ExitCode.NEGATIVE, false),
    /// A test within a patch, or a condition on a document's version, that does not hold.
    PRECONDITION_FAILED(412, ExitCode.CONFLICT, false),
    /// A read that could not be as fresh as it had to be; the details tell the measured staleness.
    STALE(503, ExitCode.UNAVAILABLE, true),
    /// SQL that does not parse, or names what is not there.
    INVALID_SQL(400, ExitCode.USAGE, false),
    /// SQL that parses but is not on the allow-list.
    SQL_NOT_ALLOWED(403, ExitCode.DENIED, false),
    /// A statement, or what it needs, exceeded a limit of memory, rows or bytes.
    LIMIT_EXCEEDED(422, ExitCode.NEGATIVE, false),
    /// What it would cost is more than the caller, or a budget, allows.
    COST_EXCEEDED(422, ExitCode.NEGATIVE, false),
    /// Work that took longer than it was allowed to.
    TIMED_OUT(504, ExitCode.UNAVAILABLE, true),
    /// Work that its caller cancelled.
    CANCELLED(499, ExitCode.CANCELLED, false),
    /// Too much at once; try again later.
    BUSY(503, ExitCode.UNAVAILABLE, true),
    /// A store, catalog, peer or process that does not answer.
    UNAVAILABLE(503, ExitCode.UNAVAILABLE, true),
    /// A disk that is full or cannot be written.
    STORAGE_FAILED(507, ExitCode.UNAVAILABLE, true),
    /// A fault of Sheaf itself.
    INTERNAL(500, ExitCode.INTERNAL, false);

    private final int httpStatus;
    private final ExitCode exitCode;
    private final boolean retryable;

    ProblemCode(int httpStatus, ExitCode exitCode, boolean retryable) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
        this.retryable = retryable;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public boolean retryable() {
        return retryable;
    }
}
