package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.testkit.carrier.LedgerComparison.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a store says with what carriers took. The ledgers are the truth: they are written when a carrier takes a
 * message, whatever its answer, and whether or not the answer arrives. To be run when nothing is under way any more, once;
 * used by one thread. Keeps a few words for each message that was taken, nothing of the others.
 *
 * <p>An entry belongs to the hand-over whose reference it carries, or has as its id. Africa's Talking's requests carry none:
 * what is in such a ledger is told by the carrier's id, and where the answer with the id was lost, by recipient and text.
 * That is as sure as each of the messages has a text of its own; and of such a ledger only the given messages are compared,
 * not those that the store has besides.
 *
 * <pre>{@code
 * var check = new LedgerCheck(store, Map.of(ProviderAccount.of("twilio"), carrier.ledger()));
 * LedgerComparison result = check.run(messages.iterator());
 * assertThat(result.lost()).isZero();
 * assertThat(result.twice()).isZero();
 * }</pre>
 */
public final class LedgerCheck {
    private static final int MOST_EXAMPLES = 10;

    /** States in which a provider has the message, or had it. */
    private static final Set<MessageState> TAKEN =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED);

    /** States which say that no provider took it. */
    private static final Set<MessageState> NEVER_TAKEN =
            EnumSet.of(MessageState.REJECTED, MessageState.SUPPRESSED, MessageState.EXPIRED, MessageState.CANCELLED);

    private final MessageStore store;
    private final Map<ProviderAccount, Ledger> ledgers;
    private final UnreferencedLedgers unreferenced;
    private final Map<MessageId, Taken> taken = new HashMap<>();
    private final Map<ProviderAccount, Integer> accepted = new LinkedHashMap<>();
    private final Map<LedgerFinding, Long> findings = new EnumMap<>(LedgerFinding.class);
    private final Map<LedgerFinding, List<MessageId>> examples = new EnumMap<>(LedgerFinding.class);
    private final Map<Pair, Long> states = new TreeMap<>(Comparator.comparing(Pair::state)
            .thenComparing(Pair::atCarrier, Comparator.nullsFirst(Comparator.naturalOrder())));
    private final Map<ProviderAccount, Long> saidToBeTaken = new HashMap<>();

    /** What the ledgers hold of one message, over all of its hand-overs and all carriers. */
    private static final class Taken {
        private int times;
        private final Set<CarrierState> states = EnumSet.noneOf(CarrierState.class);
    }

    /**
     * @param ledgers by the account that hands over to the carrier; accounts without a ledger are left out of the
     *     comparison
     */
    public LedgerCheck(MessageStore store, Map<ProviderAccount, Ledger> ledgers) {
        this.store = store;
        this.ledgers = new LinkedHashMap<>(ledgers);
        this.unreferenced = new UnreferencedLedgers(store);
    }

    /**
     * Compares everything that is in the ledgers and in the store, and each of the given messages.
     *
     * @param messages what was enqueued, perhaps made anew: known by idempotency key, or else by id. Of those that are the
     *     same by that, the first counts
     * @throws io.github.smsdispatch.store.StoreException if the store cannot be used
     */
    public LedgerComparison run(Iterator<Message> messages) {
        ledgers.forEach(this::read);
        Set<MessageId> mayRepeat = new HashSet<>();
        Set<MessageId> seen = new HashSet<>();
        List<MessageStatus> later = new ArrayList<>();
        while (messages.hasNext()) {
            Message message = messages.next();
            Optional<MessageStatus> status = statusOf(message);
            if (status.isEmpty()) {
                found(LedgerFinding.MISSING, message.id());
            } else if (seen.add(status.get().id())) {
                if (unreferenced.add(message, status.get())) {
                    later.add(status.get());
                } else {
                    compare(status.get());
                }
                if (message.doubtPolicy() == DoubtPolicy.RESEND) {
                    mayRepeat.add(status.get().id());
                }
            }
        }
        strangers(unreferenced.settle(this::took, message -> found(LedgerFinding.NOT_TAKEN, message)));
        later.forEach(this::compare);
        taken.forEach((message, its) -> {
            if (its.times > 1) {
                boolean allowed = mayRepeat.contains(message) || its.times - failedLate(message) <= 1;
                found(allowed ? LedgerFinding.REPEATED : LedgerFinding.TWICE, message);
            }
        });
        findings.merge(LedgerFinding.NOT_TAKEN, notTakenByCount(), Long::sum);
        return new LedgerComparison(accepted, findings, examples, states);
    }

    private long failedLate(MessageId message) {
        return store.attempts(message).stream()
                .filter(PastAttempt::hasFailedLate)
                .count();
    }

    private void read(ProviderAccount account, Ledger ledger) {
        List<LedgerEntry> entries = ledger.entries();
        accepted.put(account, entries.size());
        for (LedgerEntry entry : entries) {
            if (UnreferencedLedgers.holds(entry)) {
                unreferenced.add(account, entry);
            } else {
                find(entry).ifPresentOrElse(status -> takenByReference(status, entry.state()), () -> strangers(1));
            }
        }
    }

    /** By the sender's reference, or by the id where the sender chose it. */
    private Optional<MessageStatus> find(LedgerEntry entry) {
        String reference = entry.reference();
        try {
            return store.findByAttempt(
                    AttemptId.parse(reference == null ? entry.messageIds().get(0) : reference));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void takenByReference(MessageStatus status, CarrierState state) {
        ProviderAccount account = status.account();
        if (took(status.id(), state) == 1 && account != null && TAKEN.contains(status.state())) {
            saidToBeTaken.merge(account, 1L, Long::sum);
        }
    }

    private void strangers(long entries) {
        findings.merge(LedgerFinding.STRANGER, entries, Long::sum);
    }

    /** How often the message was taken by now. */
    private int took(MessageId message, CarrierState state) {
        Taken its = taken.computeIfAbsent(message, id -> new Taken());
        its.states.add(state);
        return ++its.times;
    }

    /** What the store counts as taken, and no more, must be what the ledgers hold of it; whoever enqueued it. */
    private long notTakenByCount() {
        long counted = store.counts().stream()
                .filter(count -> TAKEN.contains(count.state()) && isCounted(count.account()))
                .mapToLong(StateCount::messages)
                .sum();
        return counted
                - saidToBeTaken.entrySet().stream()
                        .filter(entry -> isCounted(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }

    /** Whether all messages of the account are compared, by number, and not only the given ones. */
    private boolean isCounted(@Nullable ProviderAccount account) {
        return account != null && ledgers.containsKey(account) && !unreferenced.isOf(account);
    }

    private Optional<MessageStatus> statusOf(Message message) {
        String key = message.idempotencyKey();
        return key == null ? store.find(message.id()) : store.findByKey(message.tenant(), key);
    }

    private void compare(MessageStatus status) {
        Taken its = taken.get(status.id());
        states.merge(new Pair(status.state(), its == null ? null : best(its.states)), 1L, Long::sum);
        MessageState state = status.state();
        if (!state.isFinal()) {
            found(LedgerFinding.OPEN, status.id());
        }
        if (its == null) {
            compareUntaken(status);
        } else if (NEVER_TAKEN.contains(state)
                || (state == MessageState.DELIVERED && !its.states.contains(CarrierState.DELIVERED))
                || (state == MessageState.UNDELIVERED && !failed(its.states))) {
            found(LedgerFinding.CONTRADICTED, status.id());
        } else if (state == MessageState.UNCONFIRMED
                && (its.states.contains(CarrierState.DELIVERED) || failed(its.states))) {
            found(LedgerFinding.UNHEARD, status.id());
        }
    }

    private void compareUntaken(MessageStatus status) {
        if (!ledgers.containsKey(status.account()) || !isSureToBeTaken(status)) {
            return;
        }
        if (TAKEN.contains(status.state()) && isCounted(status.account())) {
            example(LedgerFinding.NOT_TAKEN, status.id()); // counted with those that nobody gave us
        } else {
            found(LedgerFinding.NOT_TAKEN, status.id());
        }
    }

    /** Without a final receipt a message is taken for sure if the store has a carrier's id for it. */
    static boolean isSureToBeTaken(MessageStatus status) {
        return TAKEN.contains(status.state())
                || (status.state() == MessageState.UNCONFIRMED && status.providerMessageId() != null);
    }

    private static boolean failed(Set<CarrierState> states) {
        return states.contains(CarrierState.UNDELIVERED) || states.contains(CarrierState.EXPIRED);
    }

    private static @Nullable CarrierState best(Set<CarrierState> states) {
        return List.of(
                        CarrierState.DELIVERED,
                        CarrierState.UNDELIVERED,
                        CarrierState.EXPIRED,
                        CarrierState.SENT,
                        CarrierState.ACCEPTED)
                .stream()
                .filter(states::contains)
                .findFirst()
                .orElse(null);
    }

    private void found(LedgerFinding finding, MessageId message) {
        findings.merge(finding, 1L, Long::sum);
        example(finding, message);
    }

    private void example(LedgerFinding finding, MessageId message) {
        List<MessageId> some = examples.computeIfAbsent(finding, key -> new ArrayList<>());
        if (some.size() < MOST_EXAMPLES) {
            some.add(message);
        }
    }
}
