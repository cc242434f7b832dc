package io.github.smsdispatch.examples.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.LedgerComparison;
import io.github.smsdispatch.testkit.carrier.LedgerFinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome as JSON, for other programs. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Report() {}

    /**
     * Writes it in one go: whoever reads the file finds the old report or the new one, never half of it.
     *
     * @param ledgers null: nothing was compared
     * @throws UncheckedIOException if it cannot be written
     */
    static void write(
            Path file,
            Progress end,
            Collection<ProviderAccount> accounts,
            @Nullable LedgerComparison ledgers,
            Duration elapsed,
            Loading.Result loaded) {
        ObjectNode report = of(end, accounts, ledgers, elapsed, loaded);
        try {
            Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".report", ".json");
            JSON.writerWithDefaultPrettyPrinter().writeValue(half.toFile(), report);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode of(
            Progress end,
            Collection<ProviderAccount> accounts,
            @Nullable LedgerComparison ledgers,
            Duration elapsed,
            Loading.Result loaded) {
        ObjectNode report = JSON.createObjectNode();
        report.put("messages", end.messages());
        ObjectNode states = report.putObject("states");
        for (MessageState state : MessageState.values()) {
            states.put(state.name(), end.messages(state));
        }
        ObjectNode providers = report.putObject("providers");
        for (ProviderAccount account : accounts) {
            ObjectNode provider = providers.putObject(account.toString());
            provider.put("messages", end.messages(account));
            Integer accepted = ledgers == null ? null : ledgers.accepted().get(account);
            provider.put("accepted", accepted);
            end.counts().stream()
                    .filter(count -> account.equals(count.account()))
                    .forEach(count -> provider.put(count.state().name().toLowerCase(Locale.ROOT), count.messages()));
        }
        report.put("segments", end.segments());
        report.put("added", loaded.added());
        report.put("duplicates", loaded.duplicates());
        report.put("lost", ledgers == null ? null : Long.valueOf(ledgers.lost()));
        report.put("twice", ledgers == null ? null : Long.valueOf(ledgers.twice()));
        report.put("unknownToStore", ledgers == null ? null : Long.valueOf(ledgers.count(LedgerFinding.STRANGER)));
        report.put("seconds", elapsed.toMillis() / 1000.0);
        var rows = report.putArray("rowErrors");
        loaded.errors().forEach(error -> rows.addObject()
                .put("row", error.row())
                .put("column", error.column())
                .put("reason", error.reason()));
        report.put("rowErrorCount", loaded.errorCount());
        return report;
    }
}
