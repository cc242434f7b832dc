package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.InboundHandlerException;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that does not depend on the server: from the request to its answer. Thread-safe. */
final class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int ERROR = 500;
    private static final int NOT_NOW = 503;

    /** Long enough for a database to come back, short enough not to be late. */
    private static final String RETRY_AFTER_SECONDS = "30";

    private final WebhookReceiver receiver;
    private final PublicUrl publicUrl;
    private final int maxBodyBytes;
    private final BodyReader bodies;

    Desk(WebhookReceiver receiver, WebhookOptions options) {
        this.receiver = receiver;
        this.publicUrl = new PublicUrl(options);
        this.maxBodyBytes = options.maxBodyBytes();
        this.bodies = new BodyReader(maxBodyBytes, options.bodyTimeout().toNanos(), System::nanoTime);
    }

    /** Never throws for what is in the request, nor for what the receiver does. */
    Answer answer(Call call) {
        Optional<ProviderAccount> account = AccountPath.read(call.pathBelow());
        if (account.isEmpty()) {
            return Answer.empty(NOT_FOUND);
        }
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            return Answer.empty(METHOD_NOT_ALLOWED).with("Allow", "GET, POST");
        }
        Optional<String> url = publicUrl.of(call);
        if (url.isEmpty()) {
            return Answer.empty(BAD_REQUEST);
        }
        Optional<byte[]> body;
        try {
            body = call.length() > maxBodyBytes ? Optional.empty() : bodies.read(call.body());
        } catch (IOException | RuntimeException e) {
            log.debug(
                    "a webhook for {} broke off: {}",
                    account.get(),
                    e.getClass().getName());
            return Answer.empty(BAD_REQUEST).with("Connection", "close");
        }
        if (body.isEmpty()) {
            log.debug("a webhook for {} is larger than {} bytes", account.get(), maxBodyBytes);
            return Answer.empty(TOO_LARGE).with("Connection", "close");
        }
        return receive(account.get(), new WebhookRequest(call.method(), url.get(), call.headers(), body.get()));
    }

    private Answer receive(ProviderAccount account, WebhookRequest request) {
        try {
            return Answer.of(receiver.receive(account, request));
        } catch (StoreException | InboundHandlerException e) {
            // Both promise that their messages hold neither number nor text.
            log.warn("a webhook for {} could not be kept and is asked for again: {}", account, e.getMessage());
            return Answer.empty(NOT_NOW).with("Retry-After", RETRY_AFTER_SECONDS);
        } catch (RuntimeException | Error e) {
            log.error(
                    "a webhook for {} made {} be thrown", account, e.getClass().getName());
            return Answer.empty(ERROR);
        }
    }
}
