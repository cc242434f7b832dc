package io.github.smsdispatch.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes HTTP exchanges for one provider account: each is attempted exactly once, under one deadline that covers
 * connecting, writing, headers and body, with a bound on the answer's size. Redirects are not followed, nothing is
 * cached, and a request with a body is never repeated.
 *
 * <p>HTTP/1.1 alone is spoken: with HTTP/2 one broken connection would put every hand-over on it in doubt at once.
 *
 * <p>Thread-safe; share one between all calls of an account and close it with the account.
 */
public final class ProviderHttp implements AutoCloseable {
    /** The bound on an answer's body unless said otherwise, in bytes after decompression. */
    public static final int DEFAULT_MAX_BODY = 256 * 1024;

    /** The bound for one page of a provider's log, in bytes after decompression. */
    public static final int LOG_MAX_BODY = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ProviderHttp.class);

    private static final int MAX_IDLE_CONNECTIONS = 64;

    /**
     * Shorter than the five seconds after which common servers (Apache httpd, Node) close an idle connection: a request
     * written into a connection that the server is closing ends in doubt.
     */
    private static final Duration IDLE_CONNECTION_LIFE = Duration.ofSeconds(4);

    private static final List<String> REQUEST_ID_HEADERS = List.of("twilio-request-id", "x-request-id");

    private final String name;
    private final OkHttpClient client;

    /** Of the last request with a body: an account's hand-overs differ in little else. */
    private volatile @Nullable RequestTemplate template;

    /**
     * @param name who it talks to, for the log
     * @param deadline for each exchange as a whole; at least one millisecond. Looking up a host name cannot be
     *     interrupted and may take longer
     * @throws IllegalArgumentException if the deadline is below its minimum
     */
    public ProviderHttp(String name, Duration deadline) {
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("deadline must be at least 1 ms");
        }
        this.name = name;
        this.client = new OkHttpClient.Builder()
                .callTimeout(deadline)
                // The call timeout covers all of it; OkHttp's own 10 s for each step would cut in before.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(
                        MAX_IDLE_CONNECTIONS, IDLE_CONNECTION_LIFE.toMillis(), TimeUnit.MILLISECONDS))
                .eventListenerFactory(call -> call.request().tag(Trail.class))
                .build();
    }

    /** As {@link #exchange(ExchangeRequest, int)} with {@link #DEFAULT_MAX_BODY}. */
    public ExchangeResult exchange(ExchangeRequest request) {
        return exchange(request, DEFAULT_MAX_BODY);
    }

    /**
     * Makes one attempt; blocks until it ended one way or the other.
     *
     * @param maxBody the largest body of an answer, in bytes after decompression; a larger one is
     *     {@link ExchangeResult.Lost}
     * @throws IllegalArgumentException if the URL or a header is malformed: nothing was sent
     */
    public ExchangeResult exchange(ExchangeRequest request, int maxBody) {
        var trail = new Trail();
        long startedNanos = System.nanoTime();
        Call call = client.newCall(templateFor(request).fill(request, trail));
        ExchangeResult result;
        String requestId = "-";
        try (Response response = call.execute()) {
            if (log.isDebugEnabled()) {
                requestId = requestId(response);
            }
            result = read(response, maxBody);
        } catch (Exception e) {
            // Not IOException alone: OkHttp is Kotlin, and lets an undeclared InterruptedException out while
            // connecting.
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            result = broken(trail, e);
        }
        if (log.isDebugEnabled()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
            log.debug("{} {} -> {} in {} ms, request id {}", name, request.method(), result, millis, requestId);
        }
        return result;
    }

    /** Closes idle connections. */
    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private RequestTemplate templateFor(ExchangeRequest request) {
        @Nullable RequestTemplate last = template;
        if (last != null && last.fits(request)) {
            return last;
        }
        var fresh = new RequestTemplate(request);
        if (request.body() != null) {
            template = fresh;
        }
        return fresh;
    }

    private static ExchangeResult read(Response response, int maxBody) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(maxBody + 1L)) {
            return new ExchangeResult.Lost(response.code(), "the answer is larger than " + maxBody + " bytes");
        }
        return new ExchangeResult.Answered(response.code(), response.headers().toMultimap(), source.readUtf8());
    }

    private static ExchangeResult broken(Trail trail, Exception cause) {
        // The class says what kind of fault it was; its message may hold an address or bytes of the answer.
        String what = cause.getClass().getSimpleName() + " " + trail.words();
        return trail.requestBegun() ? new ExchangeResult.Lost(trail.status(), what) : new ExchangeResult.NotSent(what);
    }

    private static String requestId(Response response) {
        for (String header : REQUEST_ID_HEADERS) {
            @Nullable String value = response.header(header);
            if (value != null && value.length() <= 64) {
                return value;
            }
        }
        return "-";
    }
}
