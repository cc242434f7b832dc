package io.github.smsdispatch.http;

import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What requests to the same address have in common, checked and parsed once: URL, headers, media type. To parse them
 * takes longer than to read the answer. Immutable.
 */
final class RequestTemplate {
    private final String url;
    private final Map<String, String> headers;
    private final @Nullable String contentType;
    private final Request request;
    private final @Nullable MediaType type;

    /** @throws IllegalArgumentException if the URL, a header or the media type is malformed */
    RequestTemplate(ExchangeRequest example) {
        this.url = example.url();
        this.headers = example.headers();
        this.contentType = example.contentType();
        this.type = contentType == null ? null : MediaType.get(contentType);
        var builder = new Request.Builder().url(url);
        headers.forEach(builder::header);
        this.request = builder.build();
    }

    boolean fits(ExchangeRequest other) {
        return url.equals(other.url())
                && headers.equals(other.headers())
                && Objects.equals(contentType, other.contentType());
    }

    /** The request as OkHttp takes it, with the method and the body of the one given, which fits. */
    Request fill(ExchangeRequest given, Trail trail) {
        String body = given.body();
        return request.newBuilder()
                .tag(Trail.class, trail)
                .method(given.method(), body == null ? null : new OneShotBody(type, body))
                .build();
    }
}
