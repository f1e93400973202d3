package dev.sheaf.governance.classify;

/// A part of a text that may be personal data.
///
/// @param start in UTF-16 units
/// @param end not included
/// @param score from 0 to 1: how sure it is
public record PersonalDataSpan(PersonalDataType type, int start, int end, double score) {
    public PersonalDataSpan {
        if (start < 0 || end <= start || score < 0 || score > 1) {
            throw new IllegalArgumentException(start + " to " + end + ", " + score);
        }
    }

    boolean overlaps(PersonalDataSpan other) {
        return start < other.end && other.start < end;
    }
}
