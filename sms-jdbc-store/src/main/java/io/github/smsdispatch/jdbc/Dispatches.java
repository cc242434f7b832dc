package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.SubmitOutcome.Accepted;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.rules.AttemptRecord;
import io.github.smsdispatch.store.rules.HandOvers;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Places;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the claim to the answer. */
final class Dispatches {
    private final Database database;
    private final Accounts accounts;
    private final Loader loader;
    private final Keeper keeper;
    private final Bodies bodies;
    private final InHand inHand = new InHand();

    Dispatches(Database database, Accounts accounts, Loader loader, Keeper keeper, Bodies bodies) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
        this.keeper = keeper;
        this.bodies = bodies;
    }

    /** Where what is known of messages comes from. */
    private enum Read {
        /** From the transaction that changed them last, with all their hand-overs. */
        IN_HAND,
        /** From their rows, under their locks, with all their hand-overs. */
        LOCKED
    }

    /** What a transaction did, and the records that it left. */
    private record Done<T>(Records records, Collection<MessageRecord> messages, T result) {}

    List<Claim> claim(ClaimRequest request) {
        return held(database.run("to claim messages", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> due =
                    lockWaiting(tx, round.records(), request.line(), request.after(), request.limit());
            var rules = new HandOvers(round);
            due.forEach(message -> rules.claim(message, request.lease()));
            keeper.keep(tx, round);
            Map<MessageId, Bodies.Body> texts = bodies.load(tx, round.records());
            loader.attemptsOf(tx, round.records(), due);
            // A message whose body was deleted or spoiled by hand must not keep the others from being sent.
            List<Claim> claims = due.stream()
                    .flatMap(message -> Optional.ofNullable(texts.get(message.id())).stream()
                            .map(body -> rules.toClaim(message, body.message(), body.suppressed())))
                    .toList();
            return new Done<>(round.records(), round.records().messages(), claims);
        }));
    }

    BeginRound beginNext(List<BeginRequest> requests, Duration lease) {
        accounts.register(requests.stream().map(BeginRequest::account).toList());
        return held(database.run("to begin hand-overs", tx -> {
            var round = new Round(new Records(), tx.now());
            var due = new LinkedHashMap<BeginRequest, List<MessageRecord>>();
            var emptied = new HashSet<Line>();
            for (BeginRequest request : requests) {
                var all = due.computeIfAbsent(request, key -> new ArrayList<>());
                emptied.addAll(Places.<SQLException>give(request, (line, most) -> {
                    List<MessageRecord> waiting = lockWaiting(tx, round.records(), line, null, most);
                    all.addAll(waiting);
                    return waiting.size();
                }));
            }
            Map<MessageId, Bodies.Body> texts = bodies.load(tx, round.records());
            loader.attemptsOf(tx, round.records(), round.records().messages());
            var begun = new ArrayList<Begun>();
            var rules = new HandOvers(round);
            due.forEach((request, messages) -> messages.forEach(message -> {
                Bodies.Body body = texts.get(message.id());
                if (body == null) {
                    // Its body was deleted or spoiled by hand. Nobody claims it, and it is out of the others' way for a
                    // while.
                    rules.claim(message, lease);
                } else {
                    rules.beginNext(message, body.message(), body.suppressed(), request, lease)
                            .ifPresent(begun::add);
                }
            }));
            keeper.keep(tx, round);
            return new Done<>(round.records(), round.touched(), new BeginRound(begun, round.changes(), emptied));
        }));
    }

    private List<MessageRecord> lockWaiting(Tx tx, Records records, Line line, @Nullable Claim after, int limit)
            throws SQLException {
        String condition = Queue.DUE + " AND m.expires_at > ?";
        List<Object> arguments = new ArrayList<>(List.of(Queue.of(line, accounts), tx.now(), tx.now()));
        if (after == null) {
            return loader.lockFree(tx, records, condition, arguments, Queue.DUE_ORDER, limit);
        }
        arguments.addAll(List.of(after.dueAt(), after.dueAt(), after.message().id()));
        return loader.lockFree(
                tx,
                records,
                condition + " AND m.next_at >= ? AND (m.next_at > ? OR m.id > ?)",
                arguments,
                // The index holds the key of the row as well.
                Queue.DUE_ORDER + ", m.id",
                limit);
    }

    /** Remembers what was committed. */
    private <T> T held(Done<T> done) {
        inHand.hold(done.records(), done.messages());
        return done.result();
    }

    List<StateChange> begin(List<AttemptStart> starts, Duration lease) {
        accounts.register(starts.stream().map(AttemptStart::account).toList());
        Round begun = change("to begin hand-overs", starts.stream().map(AttemptStart::message), (tx, round, read) -> {
            var rules = new HandOvers(round);
            Set<MessageId> suppressed = bodies.suppressed(tx, round.records());
            starts.forEach(start -> rules.begin(start, lease, message -> suppressed.contains(message.id())));
        });
        inHand.hold(begun.records(), begun.touched());
        return begun.changes();
    }

    List<StateChange> finish(List<AttemptEnd> ends) {
        return change("to record hand-overs", ends.stream().map(AttemptEnd::message), (tx, round, read) -> {
                    if (read == Read.LOCKED) {
                        loader.holders(tx, round.records(), givenIds(round.records(), ends));
                    }
                    ends.forEach(new HandOvers(round)::finish);
                })
                .changes();
    }

    private static Collection<ProviderId> givenIds(Records records, List<AttemptEnd> ends) {
        var ids = new ArrayList<ProviderId>();
        for (AttemptEnd end : ends) {
            AttemptRecord attempt = records.attempt(end.attempt());
            if (attempt != null) {
                end.outcome()
                        .fold(Accepted::providerMessageIds, refused -> List.<String>of(), unknown -> List.<String>of())
                        .forEach(id -> ids.add(new ProviderId(attempt.account(), id)));
            }
        }
        return ids;
    }

    List<StateChange> release(List<Release> releases) {
        accounts.register(
                releases.stream().map(Release::route).filter(Objects::nonNull).toList());
        return change(
                        "to release claims",
                        releases.stream().map(Release::message),
                        (tx, round, read) -> releases.forEach(new HandOvers(round)::release))
                .changes();
    }

    List<StateChange> recover(int limit) {
        return database.run("to recover hand-overs", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> lapsed = loader.lockDue(tx, round.records(), Queue.SUBMITTING, limit);
            loader.attemptsOfMessages(
                    tx, round.records(), lapsed.stream().map(MessageRecord::id).toList());
            lapsed.forEach(new HandOvers(round)::recover);
            keeper.keep(tx, round);
            return round.changes();
        });
    }

    /** What is done to messages. */
    @FunctionalInterface
    private interface Rules {
        void apply(Tx tx, Round round, Read read) throws SQLException;
    }

    /**
     * Changes messages that this process has in hand as it knows them, in the hope that nobody has changed them meanwhile
     * and that no other hand-over holds the ids that the provider gave; where that fails, again with what is read under
     * their locks.
     */
    private Round change(String what, Stream<MessageId> messages, Rules rules) {
        List<MessageId> ids = messages.distinct().toList();
        if (ids.isEmpty()) {
            return new Round(new Records(), Instant.EPOCH);
        }
        return database.run(what, tx -> {
            Records known = inHand.take(ids);
            if (known != null) {
                var round = new Round(known, tx.now());
                rules.apply(tx, round, Read.IN_HAND);
                keeper.keepIfUnchanged(tx, round);
                return round;
            }
            var records = new Records();
            loader.lockMessages(tx, records, ids);
            loader.attemptsOf(tx, records, records.messages());
            var round = new Round(records, tx.now());
            rules.apply(tx, round, Read.LOCKED);
            keeper.keep(tx, round);
            return round;
        });
    }
}
