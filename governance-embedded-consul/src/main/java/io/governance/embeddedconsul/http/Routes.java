// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.governance.embeddedconsul.store.RefusedException;

/**
 * Which handler answers which path. A pattern that ends with a slash takes everything
 * below it; the longest pattern wins. Filled once, then read only.
 */
final class Routes {

	private final SortedMap<String, Map<String, Handler>> routes = new TreeMap<>(
			Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

	Routes later(String method, String pattern, Handler handler) {
		this.routes.computeIfAbsent(pattern, (key) -> new LinkedHashMap<>()).put(method, handler);
		return this;
	}

	Routes get(String pattern, Handler.Immediate handler) {
		return later("GET", pattern, at(handler));
	}

	Routes put(String pattern, Handler.Immediate handler) {
		return later("PUT", pattern, at(handler));
	}

	Routes delete(String pattern, Handler.Immediate handler) {
		return later("DELETE", pattern, at(handler));
	}

	CompletableFuture<Reply> answer(ApiRequest request) {
		for (Map.Entry<String, Map<String, Handler>> route : this.routes.entrySet()) {
			String pattern = route.getKey();
			if (pattern.endsWith("/") ? request.path().startsWith(pattern) : request.path().equals(pattern)) {
				return answer(request, route.getValue(), request.path().substring(pattern.length()));
			}
		}
		return CompletableFuture.completedFuture(Reply.empty(404));
	}

	private static CompletableFuture<Reply> answer(ApiRequest request, Map<String, Handler> byMethod, String rest) {
		Handler handler = byMethod.get(request.method());
		if (handler == null) {
			return CompletableFuture.completedFuture(Reply.text(405, "method " + request.method() + " not allowed")
				.header("Allow", "OPTIONS," + String.join(",", byMethod.keySet())));
		}
		try {
			return handler.handle(request, rest);
		}
		catch (RefusedException ex) {
			return CompletableFuture.completedFuture(Reply.text(ex.status(), ex.text()));
		}
	}

	private static Handler at(Handler.Immediate handler) {
		return (request, rest) -> CompletableFuture.completedFuture(handler.handle(request, rest));
	}

}
