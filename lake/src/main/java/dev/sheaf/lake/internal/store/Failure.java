package dev.sheaf.lake.internal.store;

import dev.sheaf.kernel.ProblemCode;

/// The ways in which a store fails, and what a person can do about each.
enum Failure {
    MISSING_OBJECT(ProblemCode.NOT_FOUND, "there is no such object", "check the location"),
    MISSING_CONTAINER(
            ProblemCode.NOT_FOUND,
            "there is no such bucket, container or directory",
            "create it, or correct the store's root"),
    FORBIDDEN(
            ProblemCode.FORBIDDEN,
            "the store refuses access",
            "check the store's credentials and what they may do"),
    NO_CREDENTIALS(
            ProblemCode.FORBIDDEN,
            "no credentials were found",
            "configure the store's secrets or the cloud's ordinary credential chain"),
    UNREACHABLE(
            ProblemCode.UNAVAILABLE,
            "the store does not answer",
            "check the network and the store's endpoint"),
    WRONG_ENDPOINT(
            ProblemCode.UNAVAILABLE,
            "what answers is not such a store",
            "check the store's endpoint and region"),
    FULL(ProblemCode.STORAGE_FAILED, "no space is left", "free space, then try again"),
    READ_ONLY(
            ProblemCode.STORAGE_FAILED,
            "the directory cannot be written",
            "check its owner and mode, and whether the file system is read-only"),
    OTHER(ProblemCode.STORAGE_FAILED, "the store failed", "see the node's log for the cause");

    private final ProblemCode code;
    private final String what;
    private final String wayOut;

    Failure(ProblemCode code, String what, String wayOut) {
        this.code = code;
        this.what = what;
        this.wayOut = wayOut;
    }

    ProblemCode code() {
        return code;
    }

    String what() {
        return what;
    }

    String wayOut() {
        return wayOut;
    }
}
