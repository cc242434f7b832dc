package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.InboundHandlerException;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that does not depend on the server: from the request to its answer. Thread-safe. */
final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);

    private static final int NOT_FOUND = 404;
    private static final int NOT_NOW = 503;

    /** Long enough for a database to come back, short enough not to be late. */
    private static final String RETRY_AFTER_SECONDS = "30";

    private static final Duration WARNING_PAUSE = Duration.ofMinutes(1);

    private final WebhookReceiver receiver;
    private final PublicUrl publicUrl;
    private final int maxBodyBytes;
    private final BodyReader bodies;
    private final Map<Refusal, Damper> refusals = new EnumMap<>(Refusal.class);
    private final Damper failures;

    Desk(WebhookReceiver receiver, WebhookOptions options) {
        this(receiver, options, System::nanoTime, InstantSource.system());
    }

    /** @param nanoTime as {@link System#nanoTime}, for bodies that are slow */
    Desk(WebhookReceiver receiver, WebhookOptions options, LongSupplier nanoTime, InstantSource clock) {
        this.receiver = receiver;
        this.publicUrl = new PublicUrl(options);
        this.maxBodyBytes = options.maxBodyBytes();
        this.bodies = new BodyReader(maxBodyBytes, options.bodyTimeout().toNanos(), nanoTime);
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new Damper(clock, WARNING_PAUSE));
        }
        this.failures = new Damper(clock, WARNING_PAUSE);
    }

    /** Never throws for what is in the request, nor for what the receiver does. */
    Answer answer(Call call) {
        Optional<ProviderAccount> account = AccountPath.read(call.pathBelow());
        if (account.isEmpty()) {
            return refuse(Refusal.NO_ACCOUNT);
        }
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            return refuse(Refusal.METHOD).with("Allow", "GET, POST");
        }
        Optional<String> url = publicUrl.of(call);
        if (url.isEmpty()) {
            return refuse(Refusal.NO_HOST);
        }
        Optional<byte[]> body;
        try {
            body = call.length() > maxBodyBytes ? Optional.empty() : bodies.read(call.body());
        } catch (BodyReader.TooSlowException e) {
            return refuse(Refusal.SLOW_BODY).with("Connection", "close");
        } catch (IOException | RuntimeException e) {
            return refuse(Refusal.BROKEN_BODY).with("Connection", "close");
        }
        if (body.isEmpty()) {
            return refuse(Refusal.LARGE_BODY).with("Connection", "close");
        }
        return receive(account.get(), new WebhookRequest(call.method(), url.get(), call.headers(), body.get()));
    }

    private Answer receive(ProviderAccount account, WebhookRequest request) {
        WebhookVerdict verdict;
        try {
            verdict = receiver.receive(account, request);
        } catch (Throwable e) {
            // Of whatever kind it is: nobody knows that the request was kept, so the provider has to come again.
            long failed = failures.speaksFor();
            if (failed > 0) {
                log.error(
                        "a webhook for {} could not be kept and is asked for again ({} since the last line like this){}",
                        account,
                        failed,
                        harmless(e),
                        Trace.of(e));
            }
            return Answer.empty(NOT_NOW).with("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (verdict.status() == NOT_FOUND) {
            // All other refusals are in the log of the engine.
            warn(Refusal.NO_ACCOUNT);
        }
        return Answer.of(verdict);
    }

    /** What the two say that promise to say neither number nor text. */
    private static String harmless(Throwable thrown) {
        return thrown instanceof StoreException || thrown instanceof InboundHandlerException
                ? ": " + thrown.getMessage()
                : "";
    }

    private Answer refuse(Refusal refusal) {
        warn(refusal);
        return Answer.empty(refusal.status());
    }

    /** Once a minute, and without anything that the request says: a stranger may have written it. */
    private void warn(Refusal refusal) {
        Damper damper = refusals.get(refusal);
        long refused = damper == null ? 0 : damper.speaksFor();
        if (refused > 0) {
            log.warn(
                    "answered {}: a webhook {} ({} since the last line like this)",
                    refusal.status(),
                    refusal.reason(),
                    refused);
        }
    }
}
