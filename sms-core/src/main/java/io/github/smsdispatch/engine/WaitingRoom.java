package io.github.smsdispatch.engine;

import io.github.smsdispatch.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is claimed for one account and not yet begun: the urgent lane first, in each lane the first come. Bounded, so that
 * one account that is slow does not hold all claims of the node. Only the stepping thread touches it.
 */
final class WaitingRoom {
    /** A claim, and when this engine got it by its own clock. */
    record Guest(Claim claim, Instant since, long number) {
        /** How long it has been claimed. */
        Duration age(Instant now) {
            return Duration.between(since, now);
        }
    }

    private static final Comparator<Guest> ORDER = Comparator.comparing(
                    (Guest guest) -> guest.claim().message().lane())
            .thenComparing(Guest::number);

    private final IntSupplier most;
    private final PriorityQueue<Guest> guests = new PriorityQueue<>(ORDER);
    private long arrivals;

    /** @param most how many may wait; may change with time */
    WaitingRoom(IntSupplier most) {
        this.most = most;
    }

    /** Takes a claim in; false if there is no room. */
    boolean admit(Claim claim, Instant now) {
        return guests.size() < most.getAsInt() && guests.add(new Guest(claim, now, arrivals++));
    }

    /** The next to go; null if nobody waits. */
    @Nullable
    Guest next() {
        return guests.poll();
    }

    int size() {
        return guests.size();
    }

    boolean isEmpty() {
        return guests.isEmpty();
    }

    /** Whether at least half of the room is free. */
    boolean isHalfEmpty() {
        return guests.size() * 2 <= most.getAsInt();
    }

    /** Sends away who has waited too long: another engine may soon take the lease for ended. */
    List<Claim> leaveAfter(Duration patience, Instant now) {
        List<Guest> stale = guests.stream()
                .filter(guest -> guest.age(now).compareTo(patience) > 0)
                .toList();
        guests.removeAll(stale);
        return stale.stream().map(Guest::claim).toList();
    }

    /** Sends everybody away. */
    List<Claim> leaveAll() {
        var all = new ArrayList<Claim>();
        for (Guest guest = next(); guest != null; guest = next()) {
            all.add(guest.claim());
        }
        return all;
    }
}
