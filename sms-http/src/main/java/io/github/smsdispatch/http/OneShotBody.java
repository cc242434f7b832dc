package io.github.smsdispatch.http;

import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A body that OkHttp may write once. Without this it repeats a request by itself when the answer is 503 with
 * {@code Retry-After: 0}, even with retryOnConnectionFailure off (OkHttp 5.5, RetryAndFollowUpInterceptor).
 */
final class OneShotBody extends RequestBody {
    private final @Nullable MediaType type;
    private final ByteString bytes;

    OneShotBody(@Nullable MediaType type, String text) {
        this.type = type;
        this.bytes = ByteString.encodeUtf8(text);
    }

    @Override
    public @Nullable MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return bytes.size();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws java.io.IOException {
        sink.write(bytes);
    }
}
