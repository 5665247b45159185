// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import io.governance.tracing.autoconfigure.TracingExportProperties.Destination;
import io.governance.tracing.autoconfigure.TracingExportProperties.Protocol;
import io.governance.tracing.export.ExportSettings;
import io.governance.tracing.export.ExportSettings.Connection;
import io.governance.tracing.export.ExportSettings.Format;
import io.governance.tracing.export.ExportSettings.Queue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The checked settings of the export. A value that cannot work stops the start with the
 * property's name, its origin and what is expected; credentials in it are not shown.
 */
final class TracingExportSettings {

	private static final String PREFIX = "governance.tracing.export.";

	private static final String HIDDEN = "******";

	// what stands around credentials, also in a text that is no address
	private static final Pattern SUSPICIOUS = Pattern.compile("[@?#%]");

	private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

	private static final Set<String> OWN_HEADERS = Set.of("connection", "content-encoding", "content-length",
			"content-type", "expect", "grpc-encoding", "grpc-timeout", "host", "te", "transfer-encoding", "upgrade");

	private final TracingExportProperties properties;

	private final Format format;

	TracingExportSettings(TracingExportProperties properties) {
		this.properties = properties;
		if (properties.to() == Destination.ZIPKIN) {
			this.format = Format.ZIPKIN;
		}
		else {
			this.format = (properties.protocol() == Protocol.GRPC) ? Format.OTLP_GRPC : Format.OTLP_HTTP;
		}
	}

	ExportSettings check(ObjectProvider<SslBundles> sslBundles, Map<String, String> resource) {
		TracingExportProperties given = this.properties;
		given.headers().forEach(TracingExportSettings::checkHeader);
		positive("connect-timeout", given.connectTimeout());
		positive("timeout", given.timeout());
		positive("flush-interval", given.flushInterval());
		positive("shutdown-timeout", given.shutdownTimeout());
		require(given.maxQueuedSpans() > 0, "max-queued-spans", given.maxQueuedSpans(), "1 or more");
		require(given.maxQueuedBytes().toBytes() > 0, "max-queued-bytes", given.maxQueuedBytes(), "1B or more");
		Connection connection = new Connection(endpoint(), given.headers(), given.compression(), given.connectTimeout(),
				given.timeout(), ssl(sslBundles));
		return new ExportSettings(this.format, connection, new Queue(given.maxQueuedSpans(),
				given.maxQueuedBytes().toBytes(), given.flushInterval(), given.shutdownTimeout()), resource);
	}

	private URI endpoint() {
		String text = this.properties.endpoint();
		String usual = switch (this.format) {
			case ZIPKIN -> "http://localhost:9411/api/v2/spans";
			case OTLP_HTTP -> "http://localhost:4318/v1/traces";
			case OTLP_GRPC -> "http://localhost:4317";
		};
		if (text == null || text.isBlank()) {
			return URI.create(usual);
		}
		URI uri = parse(text, usual);
		boolean bare = uri.getRawPath().isEmpty() || "/".equals(uri.getRawPath());
		if (!bare && this.format == Format.OTLP_GRPC) {
			throw secret("endpoint", shown(text),
					"an address without a path, such as " + usual + ": gRPC names the method itself");
		}
		return (bare && uri.getRawQuery() == null) ? uri.resolve(URI.create(usual).getRawPath()) : uri;
	}

	private static URI parse(String text, String usual) {
		@Nullable URI uri = null;
		try {
			uri = new URI(text.trim());
		}
		catch (URISyntaxException ex) {
			// said below
		}
		boolean valid = uri != null && uri.getHost() != null
				&& ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
		if (uri == null || !valid) {
			throw secret("endpoint", shown(text), "an http or https address, such as " + usual);
		}
		if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
			throw secret("endpoint", HIDDEN,
					"an address without user, password and fragment; credentials belong into headers");
		}
		return uri;
	}

	private @Nullable SSLContext ssl(ObjectProvider<SslBundles> sslBundles) {
		String name = this.properties.sslBundle();
		if (name == null || name.isBlank()) {
			return null;
		}
		SslBundles bundles = sslBundles.getIfAvailable();
		try {
			if (bundles != null) {
				return bundles.getBundle(name).createSslContext();
			}
		}
		catch (NoSuchSslBundleException ex) {
			// said below
		}
		throw invalid("ssl-bundle", name, "the name of a bundle below spring.ssl.bundle");
	}

	private static void checkHeader(String name, String value) {
		if (!HEADER.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
			throw secret("headers." + name, HIDDEN, "the name of a header that the export does not set itself");
		}
		if (!HEADER_VALUE.matcher(value).matches()) {
			throw secret("headers." + name, HIDDEN, "printable ASCII characters, without line breaks");
		}
	}

	private static void positive(String name, Duration value) {
		require(value.toMillis() > 0, name, value, "1ms or more");
	}

	private static void require(boolean valid, String name, Object value, String expected) {
		if (!valid) {
			throw invalid(name, value, expected);
		}
	}

	private static String shown(String endpoint) {
		return SUSPICIOUS.matcher(endpoint).find() ? HIDDEN : endpoint;
	}

	private static SecretSettingException secret(String name, String shown, String expected) {
		return new SecretSettingException(PREFIX + name, shown, expected);
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, Object value, String expected) {
		return new InvalidConfigurationPropertyValueException(PREFIX + name, value, "Expected: " + expected + ".");
	}

}
