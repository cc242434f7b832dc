package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The carriers that stand in for real providers: one for each account, on the loopback address, speaking the provider's
 * own wire format, with a ledger on disk. The first has bad days, see {@link Trouble}.
 */
final class Simulation implements AutoCloseable {
    private static final String LEDGER = ".ledger";

    private final Map<ProviderAccount, CarrierSimulator> carriers = new LinkedHashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    /**
     * Starts a carrier for each account that can be simulated.
     *
     * @param ledgers the folder of the ledgers; it exists
     * @throws ConfigurationException if a ledger cannot be used
     */
    Simulation(
            Collection<ProviderAccount> accounts,
            Path ledgers,
            long seed,
            InstantSource clock,
            ReceiptServer receipts) {
        long next = seed;
        for (ProviderAccount account : accounts) {
            Optional<SimulatedProvider> provider = SimulatedProvider.of(account);
            if (provider.isPresent()) {
                CarrierSimulator.Builder carrier = CarrierSimulator.builder()
                        .seed(next++)
                        .clock(clock)
                        .faults(carriers.isEmpty() ? Trouble.BAD_DAYS : Trouble.GOOD_DAYS)
                        .ledgerFile(ledgers.resolve(account.provider() + "-" + account.account() + LEDGER));
                URI receiptUrl = receipts.urlFor(account);
                provider.get().playedBy(carrier, receiptUrl);
                CarrierSimulator started = start(account, carrier);
                carriers.put(account, started);
                configure(account, provider.get(), String.valueOf(started.baseUrl()), receiptUrl);
            }
        }
    }

    /** Whether a simulation has left its ledgers here. */
    static boolean wasHere(Path ledgers) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ledgers, "*" + LEDGER)) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            throw new ConfigurationException("--data", "names a folder that cannot be read", "name another folder");
        }
    }

    /** Puts ledgers away that belong to an earlier database: a new one knows nothing of what is in them. */
    static void setAside(Path ledgers) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ledgers, "*" + LEDGER)) {
            for (Path file : files) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--data", "has ledgers of an earlier run that cannot be moved", "name another folder");
        }
    }

    private CarrierSimulator start(ProviderAccount account, CarrierSimulator.Builder carrier) {
        try {
            return carrier.start();
        } catch (IllegalStateException | UncheckedIOException e) {
            close();
            throw new ConfigurationException(
                    "--data",
                    "has a ledger of " + account + " that cannot be used: it is damaged, or another run has it open",
                    "wait for the other run, or name another folder");
        }
    }

    private void configure(ProviderAccount account, SimulatedProvider provider, String url, URI receiptUrl) {
        set(account, "base-url", url);
        set(account, "timeout", "PT2S");
        set(account, "receipt-patience", "PT3S");
        provider.settings(url, receiptUrl).forEach((key, value) -> set(account, key, value));
    }

    private void set(ProviderAccount account, String key, String value) {
        boolean only = account.account().equals(ProviderAccount.DEFAULT);
        settings.put(account.provider() + (only ? "." : "." + account.account() + ".") + key, value);
    }

    /** The settings of the simulated accounts, and no others: nothing that is set for the real ones counts. */
    SettingSource settings() {
        return SettingSource.of(settings);
    }

    /** The carriers by account, in the order of the command line. */
    Map<ProviderAccount, CarrierSimulator> carriers() {
        return Collections.unmodifiableMap(carriers);
    }

    @Override
    public void close() {
        carriers.values().forEach(CarrierSimulator::close);
    }
}
