package io.github.smsdispatch.testkit.carrier;

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

/** Sends one receipt to the sender's webhook. Never leaves this machine. */
final class ReceiptPoster {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptPoster.class);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** Whether the receiver took it, which it says by a 2xx. */
    boolean post(ReceiptRequest receipt) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(receipt.uri()).method(receipt.method(), BodyPublishers.ofString(receipt.body()));
        receipt.headers().forEach(request::header);
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(request.build(), BodyHandlers.discarding());
        try {
            // A deadline over the whole exchange: HttpRequest.timeout ends with the headers.
            return call.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
        } catch (ExecutionException e) {
            LOG.debug("receipt not taken: {}", String.valueOf(e.getCause()));
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
