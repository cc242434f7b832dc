package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.EventSource;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.store.rules.Lookups;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.ProviderId;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Reports;
import io.github.smsdispatch.store.rules.Round;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Look-ups of what was handed over. */
final class Syncs {
    private final Database database;
    private final Accounts accounts;
    private final Loader loader;
    private final Keeper keeper;
    private final Bodies bodies;
    private final Inbox inbox;

    Syncs(Database database, Accounts accounts, Loader loader, Keeper keeper, Bodies bodies, Inbox inbox) {
        this.database = database;
        this.accounts = accounts;
        this.loader = loader;
        this.keeper = keeper;
        this.bodies = bodies;
        this.inbox = inbox;
    }

    List<SyncTask> claim(ProviderAccount account, int limit, Duration lease) {
        accounts.register(List.of(account));
        return database.run("to claim look-ups", tx -> {
            var round = new Round(new Records(), tx.now());
            List<MessageRecord> due = loader.lockDue(tx, round.records(), Queue.ofLookups(accounts.id(account)), limit);
            var rules = new Lookups(round);
            due.forEach(message -> rules.claim(message, lease));
            keeper.keep(tx, round);
            loader.attemptsOfMessages(
                    tx, round.records(), due.stream().map(MessageRecord::id).toList());
            Map<MessageId, Bodies.Body> texts = bodies.load(tx, round.records());
            return due.stream()
                    .flatMap(message -> Optional.ofNullable(texts.get(message.id())).stream()
                            .map(body -> rules.toTask(message, body.message())))
                    .toList();
        });
    }

    List<StateChange> finish(List<SyncEnd> ends, LateRetries retries) {
        List<Receipt> receipts =
                ends.stream().flatMap(end -> end.receipts().stream()).toList();
        accounts.register(receipts.stream().map(Receipt::account).toList());
        return database.run("to record look-ups", tx -> finish(tx, ends, receipts, retries));
    }

    private List<StateChange> finish(Tx tx, List<SyncEnd> ends, List<Receipt> receipts, LateRetries retries)
            throws SQLException {
        var round = new Round(new Records(), tx.now());
        List<Inbox.Waiting> waiting = inbox.unapplied(tx, receipts);
        inbox.lockOwners(
                tx,
                round.records(),
                receipts,
                ends.stream().map(SyncEnd::message).toList());
        loader.holders(
                tx, round.records(), receipts.stream().map(Inbox::providerId).toList());
        ends.forEach(new Lookups(round)::settle);
        inbox.apply(tx, round, new Reports(round, EventSource.LOOKUP, retries), waiting);
        keeper.keep(tx, round);
        return round.changes();
    }

    Set<String> knownIds(ProviderAccount account, Collection<String> ids) {
        accounts.register(List.of(account));
        return database.run("to look for provider ids", tx -> {
            var records = new Records();
            loader.holders(
                    tx,
                    records,
                    ids.stream().map(id -> new ProviderId(account, id)).toList());
            return ids.stream()
                    .filter(id -> records.holder(new ProviderId(account, id)) != null)
                    .collect(Collectors.toSet());
        });
    }
}
