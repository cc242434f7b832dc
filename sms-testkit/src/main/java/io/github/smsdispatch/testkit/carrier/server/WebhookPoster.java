package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one request to the sender's webhook. Never leaves this machine. */
final class WebhookPoster {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookPoster.class);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** Whether the receiver took it, which it says by a 2xx. */
    boolean post(WebhookRequest webhook) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(webhook.uri()).method(webhook.method(), BodyPublishers.ofString(webhook.body()));
        webhook.headers().forEach(request::header);
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(request.build(), BodyHandlers.discarding());
        try {
            // A deadline over the whole exchange: HttpRequest.timeout ends with the headers.
            return call.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
        } catch (ExecutionException e) {
            LOG.debug("webhook not taken: {}", String.valueOf(e.getCause()));
            return false;
        } catch (TimeoutException e) {
            call.cancel(true);
            return false;
        }
    }

    /**
     * A simulator must not call strangers, whatever address a test or a configuration gives it. Only what needs no look-up
     * counts: {@code localhost}, 127.0.0.0/8 and ::1.
     */
    static boolean isOnThisMachine(URI uri) {
        String host = uri.getHost();
        return host != null && LOOPBACK.matcher(host).matches();
    }
}
