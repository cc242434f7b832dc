/** What provider modules share for talking HTTP: one honest exchange, forms, JSON, code tables and common settings. */
module io.github.smsdispatch.http {
    requires okhttp3;
    requires okio;
    requires org.slf4j;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.github.smsdispatch.core;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.http;
}
