package io.github.smsdispatch.store;

import io.github.smsdispatch.ProviderAccount;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store will have to do next, and when, by its own clock. Times may be past, and may be earlier than the work: who
 * comes then and finds nothing has lost nothing. Null: there is nothing of the kind. What is leased counts: it comes back
 * when the lease ends.
 *
 * @param now the time of the store when it was asked
 * @param lines when {@link MessageStore#claim} and {@link MessageStore#beginNext} may bring something, by line; those that are
 *     not in it are empty. What can never be claimed again counts in none, at the latest since {@link MessageStore#expire} has seen it
 * @param recoveries when {@link MessageStore#recover} may
 * @param lookups when {@link MessageStore#claimSync} may, by account; of those that are not in it nothing is to be asked
 * @param receipts when {@link MessageStore#applyReceipts} may
 * @param endings when {@link MessageStore#expire} may; null: all messages are final
 */
public record Outlook(
        Instant now,
        Map<Line, Instant> lines,
        @Nullable Instant recoveries,
        Map<ProviderAccount, Instant> lookups,
        @Nullable Instant receipts,
        @Nullable Instant endings) {
    /** Copies the maps. */
    public Outlook {
        Objects.requireNonNull(now, "now");
        lines = Map.copyOf(lines);
        lookups = Map.copyOf(lookups);
    }

    /** When the next look-up is due, of whichever account; null: there is none. */
    public @Nullable Instant nextLookupAt() {
        return lookups.values().stream().min(Instant::compareTo).orElse(null);
    }

    /**
     * When the next open message needs attention; may be past. Its end counts only where nothing else is to come of any. Empty: all
     * messages are final.
     */
    public Optional<Instant> nextMessageAt() {
        return Stream.concat(
                        lines.values().stream(),
                        Stream.of(recoveries, nextLookupAt()).filter(Objects::nonNull))
                .min(Instant::compareTo)
                .or(() -> Optional.ofNullable(endings));
    }
}
