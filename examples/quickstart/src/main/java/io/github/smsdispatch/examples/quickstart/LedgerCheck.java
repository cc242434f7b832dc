package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.LedgerEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the store says with what the carriers took. The ledgers are the truth: they are written when a carrier
 * takes a message, whatever its answer, and whether or not the answer arrives.
 */
final class LedgerCheck {
    private final MessageStore store;
    private final Map<ProviderAccount, CarrierSimulator> carriers;
    /** How often each message was taken, over all of its hand-overs and all carriers. */
    private final Map<MessageId, Integer> taken = new HashMap<>();

    private final Map<ProviderAccount, Integer> accepted = new LinkedHashMap<>();
    private long saidToBeTaken;
    private long strangers;

    LedgerCheck(MessageStore store, Map<ProviderAccount, CarrierSimulator> carriers) {
        this.store = store;
        this.carriers = carriers;
    }

    /**
     * What the comparison brought.
     *
     * @param accepted what each carrier's ledger holds
     * @param missing messages of the file that the store does not know
     * @param lost messages that the store calls taken and no ledger holds, and missing ones
     * @param twice messages that were taken more than once
     * @param strangers entries of the ledgers that the store knows nothing of
     */
    record Result(Map<ProviderAccount, Integer> accepted, long missing, long lost, long twice, long strangers) {
        boolean isClean() {
            return lost == 0 && twice == 0 && strangers == 0;
        }
    }

    /**
     * Compares everything.
     *
     * @param file the messages of the file, made anew
     */
    Result run(Iterator<Message> file) {
        var unreferenced = new UnreferencedLedgers(store, taken);
        carriers.forEach((account, carrier) -> read(account, carrier, unreferenced));
        long missing = 0;
        long unconfirmedLost = 0;
        Set<MessageId> looked = new HashSet<>();
        while (file.hasNext()) {
            Message message = file.next();
            MessageStatus status = statusOf(message);
            if (status == null) {
                missing++;
            } else if (looked.add(status.id())) {
                unreferenced.add(message, status);
                unconfirmedLost += isLost(status) ? 1 : 0;
            }
        }
        strangers += unreferenced.settle();
        long twice = taken.values().stream().filter(count -> count > 1).count();
        long lost = missing + unconfirmedLost + takenByStore() - saidToBeTaken + unreferenced.lost();
        return new Result(accepted, missing, lost, twice, strangers);
    }

    private void read(ProviderAccount account, CarrierSimulator carrier, UnreferencedLedgers unreferenced) {
        accepted.put(account, carrier.ledger().size());
        if (!carriesReference(account)) {
            unreferenced.add(account, carrier.ledger().entries());
            return;
        }
        for (LedgerEntry entry : carrier.ledger().entries()) {
            Optional<MessageStatus> status = find(entry);
            if (status.isEmpty()) {
                strangers++;
            } else if (taken.merge(status.get().id(), 1, Integer::sum) == 1 && isSaidToBeTaken(status.get())) {
                saidToBeTaken++;
            }
        }
    }

    /** By our reference, or by the id where the reference is the id. */
    private Optional<MessageStatus> find(LedgerEntry entry) {
        String reference = entry.reference() == null ? entry.messageIds().get(0) : entry.reference();
        try {
            return store.findByAttempt(AttemptId.parse(reference));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isReferenced(@Nullable ProviderAccount account) {
        return account != null && carriers.containsKey(account) && carriesReference(account);
    }

    private static boolean carriesReference(ProviderAccount account) {
        return SimulatedProvider.of(account)
                .map(SimulatedProvider::carriesReference)
                .orElse(true);
    }

    private boolean isSaidToBeTaken(MessageStatus status) {
        return Progress.TAKEN.contains(status.state()) && isReferenced(status.account());
    }

    /** As the store counts them: what the ledgers hold of these, and no more, must be as many. */
    private long takenByStore() {
        return store.counts().stream()
                .filter(count -> Progress.TAKEN.contains(count.state()) && isReferenced(count.account()))
                .mapToLong(StateCount::messages)
                .sum();
    }

    /** A message without a final receipt is taken for sure if the store has a carrier's id for it. */
    private boolean isLost(MessageStatus status) {
        return status.state() == MessageState.UNCONFIRMED
                && status.providerMessageId() != null
                && isReferenced(status.account())
                && !taken.containsKey(status.id());
    }

    private @Nullable MessageStatus statusOf(Message message) {
        String key = message.idempotencyKey();
        return key == null ? null : store.findByKey(message.tenant(), key).orElse(null);
    }
}
