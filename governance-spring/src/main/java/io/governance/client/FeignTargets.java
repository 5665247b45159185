// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.util.StringUtils;

/**
 * Tells where the requests of Feign clients go. A client without a URL calls the service
 * of its name; Spring Cloud makes {@code http://} and the name its address. Thread-safe.
 */
public final class FeignTargets {

	private static final String UNWISE = "\"<>\\^`{|}";

	private final UnaryOperator<@Nullable String> resolver;

	/** One entry for each declared client. */
	private final Map<Class<?>, Boolean> withUrl = new ConcurrentHashMap<>();

	/**
	 * Creates it.
	 * @param resolver puts values in the place of placeholders
	 */
	public FeignTargets(UnaryOperator<@Nullable String> resolver) {
		this.resolver = resolver;
	}

	/**
	 * Whether a request is of a client that calls a service by its name.
	 * @param request the request
	 * @return whether it is; not for clients with a URL, wherever that is written
	 */
	public boolean isByName(Request request) {
		RequestTemplate template = request.requestTemplate();
		Target<?> target = (template != null) ? template.feignTarget() : null;
		// those with a URL among the properties have targets of their own
		if (target == null || target.getClass() != Target.HardCodedTarget.class) {
			return false;
		}
		String name = target.name();
		String address = name.startsWith("http://") || name.startsWith("https://") ? name : "http://" + name;
		return (target.url().equals(address) || target.url().startsWith(address + "/"))
				&& !this.withUrl.computeIfAbsent(target.type(), this::hasUrl);
	}

	private boolean hasUrl(Class<?> type) {
		FeignClient declared = type.getAnnotation(FeignClient.class);
		return declared != null && StringUtils.hasText(declared.url())
				&& StringUtils.hasText(this.resolver.apply(declared.url()));
	}

	/**
	 * The address of a request.
	 * @param request the request
	 * @return its URI, with what is illegal in it encoded, as clients do it; {@code null}
	 * where that is not enough
	 */
	public static @Nullable URI uri(Request request) {
		String url = request.url();
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			try {
				return new URI(encoded(url));
			}
			catch (URISyntaxException hopeless) {
				return null;
			}
		}
	}

	private static String encoded(String url) {
		int authority = url.indexOf("//");
		int path = (authority >= 0) ? url.indexOf('/', authority + 2) : -1;
		int query = url.indexOf('?');
		int from = (path >= 0) ? path : (query >= 0) ? query : url.length();
		StringBuilder text = new StringBuilder(url.substring(0, from));
		for (byte value : url.substring(from).getBytes(StandardCharsets.UTF_8)) {
			if (value <= ' ' || value == 0x7f || UNWISE.indexOf(value) >= 0) {
				text.append('%').append(String.format("%02X", value));
			}
			else {
				text.append((char) value);
			}
		}
		return text.toString();
	}

}
