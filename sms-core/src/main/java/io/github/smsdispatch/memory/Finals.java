package io.github.smsdispatch.memory;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.FinalPlace;
import io.github.smsdispatch.store.rules.MessageRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The final messages in the order in which they became so. Not thread-safe. */
final class Finals {
    private static final Comparator<FinalPlace> ORDER =
            Comparator.comparing(FinalPlace::at).thenComparing(FinalPlace::message);

    private final NavigableSet<FinalPlace> legible = new TreeSet<>(ORDER);
    private final NavigableSet<FinalPlace> erased = new TreeSet<>(ORDER);

    /** Takes a message that has become final. */
    void add(MessageRecord message) {
        legible.add(placeOf(message));
    }

    /** Says that a message has neither number nor text any more. */
    void erase(MessageRecord message) {
        legible.remove(placeOf(message));
        erased.add(placeOf(message));
    }

    void remove(MessageRecord message) {
        legible.remove(placeOf(message));
        erased.remove(placeOf(message));
    }

    /** Those with number and text that became final by then, the longest final first. */
    List<MessageId> legible(Instant finalUntil, int limit) {
        return first(legible.stream(), finalUntil, limit);
    }

    /** All that became final by then, the longest final first. */
    List<MessageId> all(Instant finalUntil, int limit) {
        return after(null, finalUntil, limit);
    }

    /** All behind a place that became final by then; null: from the first. */
    List<MessageId> after(@Nullable FinalPlace place, Instant finalUntil, int limit) {
        Stream<FinalPlace> both = Stream.of(legible, erased)
                .flatMap(set -> (place == null ? set : set.tailSet(place, false))
                        .stream().limit(limit))
                .sorted(ORDER);
        return first(both, finalUntil, limit);
    }

    private static List<MessageId> first(Stream<FinalPlace> places, Instant finalUntil, int limit) {
        return places.takeWhile(place -> !place.at().isAfter(finalUntil))
                .limit(limit)
                .map(FinalPlace::message)
                .toList();
    }

    private static FinalPlace placeOf(MessageRecord message) {
        return new FinalPlace(message.standing().updatedAt(), message.id());
    }
}
