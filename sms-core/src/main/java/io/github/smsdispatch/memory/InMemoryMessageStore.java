package io.github.smsdispatch.memory;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.FinalPlace;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.MessagePage;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.PurgeRound;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.store.rules.Endings;
import io.github.smsdispatch.store.rules.HandOvers;
import io.github.smsdispatch.store.rules.Lookups;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Places;
import io.github.smsdispatch.store.rules.Reports;
import io.github.smsdispatch.store.rules.Retention;
import io.github.smsdispatch.store.rules.Round;
import io.github.smsdispatch.store.rules.StoreTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in the memory of one process, and loses it with the process: for tests, simulations and first
 * steps. Its memory grows with each message that {@link #purge} does not remove.
 *
 * <p>Thread-safe; one lock guards all of it. Times are cut to microseconds, as a database has them.
 */
public final class InMemoryMessageStore implements MessageStore {
    /** How long a hand-over under way is left alone when the validity of its message has ended. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryTables tables = new MemoryTables();

    /** An empty store on the system clock. */
    public InMemoryMessageStore() {
        this(InstantSource.system());
    }

    /**
     * An empty store.
     *
     * @param clock what all times are by
     */
    public InMemoryMessageStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return StoreTime.of(clock.instant());
    }

    @Override
    public List<EnqueueResult> enqueue(List<Message> messages, Map<MessageId, ProviderAccount> routes) {
        return work(round -> tables.enqueue(messages, routes, round));
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        return work(round -> {
            var rules = new HandOvers(round);
            return waiting(request.line(), request.after(), request.limit(), round).stream()
                    .peek(message -> rules.claim(message, request.lease()))
                    .map(message -> rules.toClaim(message, tables.body(message), tables.isSuppressed(message)))
                    .toList();
        });
    }

    private List<MessageRecord> waiting(Line line, @Nullable Claim after, int most, Round round) {
        return tables.due(line, round.now())
                .filter(message -> after == null || HandOvers.isBehind(message, after))
                .filter(message -> HandOvers.isClaimable(message, round.now()))
                .limit(most)
                .toList();
    }

    @Override
    public BeginRound beginNext(List<BeginRequest> requests, Duration lease) {
        return work(round -> {
            var rules = new HandOvers(round);
            var begun = new ArrayList<Begun>();
            var emptied = new HashSet<Line>();
            for (BeginRequest request : requests) {
                emptied.addAll(Places.<RuntimeException>give(request, (line, most) -> {
                    List<MessageRecord> waiting = waiting(line, null, most, round);
                    waiting.forEach(message -> rules.beginNext(
                                    message, tables.body(message), tables.isSuppressed(message), request, lease)
                            .ifPresent(begun::add));
                    return waiting.size();
                }));
            }
            return new BeginRound(begun, round.changes(), emptied);
        });
    }

    @Override
    public List<StateChange> begin(List<AttemptStart> starts, Duration lease) {
        return change(round -> {
            var rules = new HandOvers(round);
            starts.forEach(start -> rules.begin(start, lease, tables::isSuppressed));
        });
    }

    @Override
    public List<StateChange> finish(List<AttemptEnd> ends) {
        return change(round -> {
            ends.forEach(new HandOvers(round)::finish);
        });
    }

    @Override
    public Duration reserve(PermitRequest request) {
        return work(round -> tables.reserve(request, round.now()));
    }

    @Override
    public List<StateChange> release(List<Release> releases) {
        return change(round -> releases.forEach(new HandOvers(round)::release));
    }

    @Override
    public List<StateChange> recover(int limit) {
        return change(round -> {
            var rules = new HandOvers(round);
            tables.due(MessageState.SUBMITTING, round.now())
                    .limit(limit)
                    .toList()
                    .forEach(rules::recover);
        });
    }

    @Override
    public List<StateChange> expire(Duration grace, int limit) {
        return change(round -> {
            var rules = new Endings(round);
            boolean isMore = true;
            // What only got its grace is no news, and there may be more behind it.
            while (isMore && round.changes().isEmpty()) {
                List<MessageRecord> ripe = tables.ripe(round.now(), limit);
                ripe.forEach(message -> close(message, grace, rules, round.now()));
                isMore = ripe.size() == limit;
            }
        });
    }

    private void close(MessageRecord message, Duration grace, Endings rules, Instant now) {
        if (rules.isOver(message, grace)) {
            rules.expire(message);
        } else {
            rules.setAside(message);
            // A hand-over under way is left alone; once it has ended, its message is looked at again at once.
            tables.postpone(
                    message,
                    message.state() == MessageState.SUBMITTING
                            ? now.plus(LATER)
                            : message.expiresAt().plus(grace));
        }
    }

    @Override
    public int receive(List<Receipt> receipts) {
        return work(round -> (int) receipts.stream()
                .filter(receipt -> tables.inbox().add(receipt, round.now()))
                .count());
    }

    @Override
    public InboxRound applyReceipts(int limit, LateRetries retries) {
        return work(round -> new InboxRound(
                tables.inbox().drain(limit, round.now(), new Reports(round, EventSource.RECEIPT, retries)::apply),
                round.changes(),
                round.disproved()));
    }

    @Override
    public List<SyncTask> claimSync(ProviderAccount account, int limit, Duration lease) {
        return work(round -> {
            var rules = new Lookups(round);
            List<MessageRecord> due =
                    tables.due(account, round.now()).limit(limit).toList();
            due.forEach(message -> rules.claim(message, lease));
            return due.stream()
                    .map(message -> rules.toTask(message, tables.body(message)))
                    .toList();
        });
    }

    @Override
    public List<StateChange> finishSync(List<SyncEnd> ends, LateRetries retries) {
        return change(round -> {
            ends.forEach(new Lookups(round)::settle);
            var reports = new Reports(round, EventSource.LOOKUP, retries);
            ends.stream().flatMap(end -> end.receipts().stream()).forEach(receipt -> {
                tables.inbox().add(receipt, round.now());
                tables.inbox().drain(receipt, round.now(), reports::apply);
            });
        });
    }

    @Override
    public Set<String> knownIds(ProviderAccount account, Collection<String> providerMessageIds) {
        return work(round -> tables.knownIds(account, providerMessageIds));
    }

    @Override
    public List<StateChange> cancel(Collection<MessageId> messages) {
        return change(round -> tables.known(messages.stream()).toList().forEach(new Endings(round)::cancel));
    }

    @Override
    public void suppress(String tenant, PhoneNumber recipient) {
        Message.requireTenant(tenant);
        Objects.requireNonNull(recipient, "recipient");
        change(round -> tables.suppress(tenant, recipient));
    }

    @Override
    public void unsuppress(String tenant, PhoneNumber recipient) {
        Message.requireTenant(tenant);
        Objects.requireNonNull(recipient, "recipient");
        change(round -> tables.unsuppress(tenant, recipient));
    }

    @Override
    public boolean consent(ConsentWord word) {
        return work(round -> tables.consent(word));
    }

    @Override
    public Map<ProviderAccount, RunState> runStates() {
        return work(round -> Map.copyOf(tables.runStates()));
    }

    @Override
    public void setRunState(ProviderAccount account, RunState state) {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        change(round -> tables.runStates().put(account, state));
    }

    @Override
    public Optional<MessageStatus> find(MessageId message) {
        return work(round -> tables.status(message));
    }

    @Override
    public Optional<MessageStatus> findByKey(String tenant, String idempotencyKey) {
        return work(round -> tables.idOf(tenant, idempotencyKey).flatMap(tables::status));
    }

    @Override
    public Optional<MessageStatus> findByAttempt(AttemptId attempt) {
        return work(round -> tables.messageOf(attempt).flatMap(tables::status));
    }

    @Override
    public Map<AttemptId, MessageId> messagesOf(Collection<AttemptId> attempts) {
        return work(round -> {
            var found = new HashMap<AttemptId, MessageId>();
            attempts.forEach(attempt -> tables.messageOf(attempt).ifPresent(message -> found.put(attempt, message)));
            return found;
        });
    }

    @Override
    public List<MessageEvent> history(MessageId message) {
        return work(round -> tables.history(message));
    }

    @Override
    public List<PastAttempt> attempts(MessageId message) {
        return work(round -> tables.past(message));
    }

    @Override
    public List<StateCount> counts() {
        return work(round -> tables.counts());
    }

    @Override
    public Outlook outlook() {
        return work(round -> tables.outlook(round.now()));
    }

    @Override
    public PurgeRound purge(Duration finalFor, int limit) {
        return work(round -> new PurgeRound(
                tables.purge(Retention.finalUntil(round.now(), finalFor), limit),
                tables.inbox().forget(Retention.receivedUntil(round.now(), finalFor), limit)));
    }

    @Override
    public Set<MessageId> erase(Collection<MessageId> messages) {
        return work(round -> {
            List<MessageRecord> ended = tables.known(messages.stream().distinct())
                    .filter(message -> message.state().isFinal())
                    .toList();
            tables.erase(ended, round, EventSource.CALLER);
            return ended.stream().map(MessageRecord::id).collect(Collectors.toSet());
        });
    }

    @Override
    public int erase(Duration finalFor, int limit) {
        return work(round -> {
            List<MessageRecord> old = tables.known(
                            tables.finals().legible(Retention.finalUntil(round.now(), finalFor), limit).stream())
                    .toList();
            tables.erase(old, round, EventSource.EXPIRY);
            return old.size();
        });
    }

    @Override
    public MessagePage messagesTo(
            PhoneNumber recipient, @Nullable String tenant, @Nullable MessageId after, int limit) {
        return work(round -> new MessagePage(tables.messagesTo(recipient, tenant), null));
    }

    @Override
    public List<MessageStatus> finalMessages(@Nullable FinalPlace after, Duration finalFor, int limit) {
        return work(round -> tables.finals().after(after, Retention.finalUntil(round.now(), finalFor), limit).stream()
                .flatMap(id -> tables.status(id).stream())
                .toList());
    }

    private List<StateChange> change(Consumer<Round> rules) {
        return work(round -> {
            rules.accept(round);
            return round.changes();
        });
    }

    private <T> T work(Function<Round, T> rules) {
        lock.lock();
        try {
            var round = new Round(tables.records(), now());
            T result = rules.apply(round);
            tables.keep(round);
            return result;
        } finally {
            lock.unlock();
        }
    }
}
