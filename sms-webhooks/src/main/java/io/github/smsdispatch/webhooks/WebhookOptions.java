package io.github.smsdispatch.webhooks;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How webhooks are received. Immutable. */
public final class WebhookOptions {
    private final Optional<String> publicUrl;
    private final boolean trustsForwarded;
    private final int maxBodyBytes;
    private final Duration bodyTimeout;

    private WebhookOptions(Builder builder) {
        this.publicUrl = builder.publicUrl;
        this.trustsForwarded = builder.trustsForwarded;
        this.maxBodyBytes = builder.maxBodyBytes;
        this.bodyTimeout = builder.bodyTimeout;
    }

    /** Right where providers reach this server without a proxy between. */
    public static WebhookOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults, each named at its setter. */
    public static Builder builder() {
        return new Builder();
    }

    /** Without a slash at its end. */
    Optional<String> publicUrl() {
        return publicUrl;
    }

    boolean trustsForwarded() {
        return trustsForwarded;
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private Optional<String> publicUrl = Optional.empty();
        private boolean trustsForwarded;
        private int maxBodyBytes = 2 << 20;
        private Duration bodyTimeout = Duration.ofSeconds(20);

        private Builder() {}

        /**
         * Where the world reaches the handler or the servlet: what stands in front of provider and account, such as {@code
         * https://sms.example.org/hooks}. Some providers sign the URL that they call, so that it must be known to the
         * letter; a proxy may show us another. Where a provider was given a user and a password in the URL, which some
         * sign as well, they belong here too; whether a request carries them is for the proxy to check. By default the URL
         * is put together from the scheme of the connection and the Host header.
         *
         * @throws IllegalArgumentException if it is no http or https URL, or has a query or a fragment
         */
        public Builder publicUrl(URI value) {
            String scheme = String.valueOf(value.getScheme());
            if (!(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    || value.getHost() == null
                    || value.getRawQuery() != null
                    || value.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "the public URL begins with https:// or http://, a host and perhaps a path, and has no query"
                                + " or fragment: such as https://sms.example.org/hooks");
            }
            this.publicUrl = Optional.of(value.toString().replaceAll("/+$", ""));
            return this;
        }

        /**
         * Whether to go by X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Port where there is no {@link #publicUrl}.
         * False by default: only behind a proxy that sets all of them, or adds to them, whatever the sender gave, do they
         * mean anything. Of several values the last counts, which the nearest proxy has added; behind two proxies of which
         * only the outer one knows the address that was called, set {@link #publicUrl}.
         */
        public Builder trustForwardedHeaders(boolean value) {
            this.trustsForwarded = value;
            return this;
        }

        /**
         * The largest body that is read, in bytes; larger ones are answered 413. 2 MiB by default, which is the most that a
         * provider's module reads (Infobip's, of up to 2,000 reports); each refuses by itself what is too much for it.
         */
        public Builder maxBodyBytes(int value) {
            this.maxBodyBytes = value;
            return this;
        }

        /**
         * How long a body may take to come in; 20 seconds by default, and what is slower is answered 408. Looked at whenever a piece comes: a client that stops
         * sending is cut off by the server's own limit.
         */
        public Builder bodyTimeout(Duration value) {
            this.bodyTimeout = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws IllegalArgumentException if the largest body has less than 1 byte or more than 1 GiB, or its time is not
         *     more than zero and at most a day
         */
        public WebhookOptions build() {
            if (maxBodyBytes < 1 || maxBodyBytes > 1 << 30) {
                throw new IllegalArgumentException("maxBodyBytes must be 1 to 1 GiB, but is " + maxBodyBytes);
            }
            if (bodyTimeout.isNegative() || bodyTimeout.isZero() || bodyTimeout.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException(
                        "bodyTimeout must be more than zero and at most a day, but is " + bodyTimeout);
            }
            return new WebhookOptions(this);
        }
    }
}
