package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.SettingSource;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The carriers that stand in for real providers: one for each account, on the loopback address, speaking the provider's
 * own wire format, with a ledger on disk. The first has bad days, see {@link Trouble}.
 */
final class Simulation implements AutoCloseable {
    /** The providers that can be simulated; any other has its settings in the environment. */
    private static final Set<String> PROVIDERS = Set.of("twilio", "vonage");

    private static final String LEDGER = ".ledger";

    private final Map<ProviderAccount, CarrierSimulator> carriers = new LinkedHashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    /**
     * Starts the carriers.
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
            if (plays(account)) {
                CarrierSimulator.Builder carrier = CarrierSimulator.builder()
                        .seed(next++)
                        .clock(clock)
                        .faults(carriers.isEmpty() ? Trouble.BAD_DAYS : Trouble.GOOD_DAYS)
                        .ledgerFile(ledgers.resolve(account.provider() + "-" + account.account() + LEDGER));
                carriers.put(account, start(account, carrier));
                configure(account, receipts);
            }
        }
    }

    /** Whether this account can be simulated. */
    static boolean plays(ProviderAccount account) {
        return PROVIDERS.contains(account.provider());
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
            return account.provider().equals("twilio")
                    ? carrier.twilio(TwilioCredentials.fake()).start()
                    : carrier.vonage(VonageCredentials.fake()).start();
        } catch (IllegalStateException | UncheckedIOException e) {
            close();
            throw new ConfigurationException(
                    "--data",
                    "has a ledger of " + account + " that cannot be used: it is damaged, or another run has it open",
                    "wait for the other run, or name another folder");
        }
    }

    private void configure(ProviderAccount account, ReceiptServer receipts) {
        String url = String.valueOf(carrier(account).baseUrl());
        set(account, "base-url", url);
        set(account, "callback-url", receipts.urlFor(account).toString());
        set(account, "timeout", "PT2S");
        set(account, "receipt-patience", "PT3S");
        set(account, "absence-proof", "PT4S");
        if (account.provider().equals("twilio")) {
            set(account, "account-sid", TwilioCredentials.fake().accountSid());
            set(account, "auth-token", TwilioCredentials.fake().authToken());
            set(account, "from", "+12065550100");
        } else {
            VonageCredentials credentials = VonageCredentials.fake();
            set(account, "api-base-url", url);
            set(account, "api-key", credentials.apiKey());
            set(account, "api-secret", credentials.apiSecret());
            set(account, "signature-secret", String.valueOf(credentials.signatureSecret()));
            set(account, "signature-method", "sha256");
            set(account, "from", "SmsDispatch");
        }
    }

    private void set(ProviderAccount account, String key, String value) {
        boolean only = account.account().equals(ProviderAccount.DEFAULT);
        settings.put(account.provider() + (only ? "." : "." + account.account() + ".") + key, value);
    }

    /** The settings of the simulated accounts; those of all others come from the given source. */
    SettingSource settings(SettingSource others) {
        return new SettingSource() {
            @Override
            public @Nullable String get(String key) {
                return settings.getOrDefault(key, others.get(key));
            }

            @Override
            public String nameOf(String key) {
                return others.nameOf(key);
            }
        };
    }

    /** The carriers by account, in the order of the command line. */
    Map<ProviderAccount, CarrierSimulator> carriers() {
        return Collections.unmodifiableMap(carriers);
    }

    private CarrierSimulator carrier(ProviderAccount account) {
        CarrierSimulator carrier = carriers.get(account);
        if (carrier == null) {
            throw new IllegalArgumentException(account + " is not simulated");
        }
        return carrier;
    }

    @Override
    public void close() {
        carriers.values().forEach(CarrierSimulator::close);
    }
}
