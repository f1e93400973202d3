package dev.sheaf.node.schemas;

import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.SchemaSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One thing that a home says of its schemas. Immutable.
sealed interface SchemaEntry {
    /// Names the entry among those of its home.
    String key();

    /// One version of a subject.
    ///
    /// @param number from 1, never used twice
    /// @param id of the schema in the whole mesh
    /// @param digest of the schema: the same schema has the same
    /// @param source empty text once it is gone for good
    /// @param contractVersion of the product's contract that it was made from
    record Version(
            String subject,
            int number,
            int id,
            String digest,
            SchemaSource source,
            State state,
            Optional<String> contractVersion,
            Instant since)
            implements SchemaEntry {
        @Override
        public String key() {
            return "version:" + number + ":" + subject;
        }

        boolean isActive() {
            return state == State.ACTIVE;
        }

        Version in(State other) {
            return new Version(
                    subject,
                    number,
                    id,
                    digest,
                    other == State.GONE
                            ? new SchemaSource(source.language(), "", List.of())
                            : source,
                    other,
                    contractVersion,
                    since);
        }
    }

    /// What became of a version.
    enum State {
        ACTIVE,
        /// Not shown, but found by its id.
        DELETED,
        /// Its text is gone; its id and number stay taken.
        GONE
    }

    /// A subject.
    ///
    /// @param domain that owns it; empty for none
    /// @param product whose schema it carries, `domain.name`
    /// @param since of two homes that claim a subject the earlier has it
    record Subject(
            String subject,
            String domain,
            Optional<String> product,
            Instant since,
            Optional<CompatibilityLevel> level,
            Optional<SubjectMode> mode)
            implements SchemaEntry {
        @Override
        public String key() {
            return "subject:" + subject;
        }

        Subject with(Optional<CompatibilityLevel> otherLevel, Optional<SubjectMode> otherMode) {
            return new Subject(subject, domain, product, since, otherLevel, otherMode);
        }
    }

    /// A region.
    ///
    /// @param claims blocks of ids that it has; the last is used now
    record Region(
            List<Claim> claims, Optional<CompatibilityLevel> level, Optional<SubjectMode> mode)
            implements SchemaEntry {
        public Region {
            claims = List.copyOf(claims);
        }

        /// When it claimed a block; empty when it has not.
        Optional<Instant> claimed(int block) {
            return claims.stream()
                    .filter(claim -> claim.block() == block)
                    .map(Claim::since)
                    .findFirst();
        }

        @Override
        public String key() {
            return "region";
        }

        Region with(Optional<CompatibilityLevel> otherLevel, Optional<SubjectMode> otherMode) {
            return new Region(claims, otherLevel, otherMode);
        }
    }

    /// That a region gives the ids of a block.
    ///
    /// @param since of two regions that claim a block the earlier has it
    record Claim(int block, Instant since) {}
}
