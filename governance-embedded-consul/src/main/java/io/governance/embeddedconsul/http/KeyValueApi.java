// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.governance.embeddedconsul.kv.KeyValue;
import io.governance.embeddedconsul.kv.KeyValueState;
import io.governance.embeddedconsul.kv.KeyValues;
import io.governance.embeddedconsul.store.RefusedException;
import io.governance.embeddedconsul.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/kv}.
 */
final class KeyValueApi {

	static final String PATH = "/v1/kv/";

	private final KeyValues keyValues;

	KeyValueApi(KeyValues keyValues) {
		this.keyValues = keyValues;
	}

	void addTo(Routes routes) {
		routes.later("GET", PATH, this::get).put(PATH, this::put).delete(PATH, this::delete);
	}

	private CompletableFuture<Reply> get(ApiRequest request, String key) {
		if (request.has("keys")) {
			String separator = request.text("separator");
			return under(request, key, (entries) -> keys(entries, key, separator));
		}
		if (request.has("recurse")) {
			return under(request, key, (entries) -> entries.stream().map(KeyValueApi::json).toList());
		}
		requireKey(key);
		Watched<KeyValueState> watched = KeyValueState.key(key);
		return answer(request, watched, (state) -> {
			KeyValue entry = state.entries().get(key);
			if (entry == null) {
				return null;
			}
			return request.has("raw") ? raw(entry) : Reply.json(List.of(json(entry)));
		});
	}

	private CompletableFuture<Reply> under(ApiRequest request, String prefix, Function<List<KeyValue>, Object> json) {
		return answer(request, KeyValueState.prefix(prefix), (state) -> {
			List<KeyValue> entries = state.under(prefix);
			return entries.isEmpty() ? null : Reply.json(json.apply(entries));
		});
	}

	private CompletableFuture<Reply> answer(ApiRequest request, Watched<KeyValueState> watched,
			Function<KeyValueState, @Nullable Reply> content) {
		QueryOptions options = QueryOptions.of(request);
		return LaterReply.of(this.keyValues.store().await(options.blocking(), watched), (state) -> {
			Reply reply = content.apply(state);
			return ((reply != null) ? reply : Reply.empty(404)).index(watched.index(state));
		});
	}

	private Reply put(ApiRequest request, String key) {
		requireKey(key);
		if (request.has("acquire") || request.has("release")) {
			throw new RefusedException(500, "invalid session: the embedded registry has no sessions");
		}
		long flags = number(request, "flags", 0);
		long expected = number(request, "cas", KeyValues.ANY);
		String value = Base64.getEncoder().encodeToString(request.body());
		return Reply.json(this.keyValues.put(key, value, flags, expected));
	}

	private Reply delete(ApiRequest request, String key) {
		if (request.has("recurse")) {
			this.keyValues.deleteUnder(key);
			return Reply.json(true);
		}
		requireKey(key);
		return Reply.json(this.keyValues.delete(key, number(request, "cas", KeyValues.ANY)));
	}

	private static void requireKey(String key) {
		if (key.isEmpty()) {
			throw new RefusedException(400, "Missing key name");
		}
	}

	private static long number(ApiRequest request, String name, long whenAbsent) {
		String text = request.first(name);
		if (text == null) {
			return whenAbsent;
		}
		try {
			return Long.parseUnsignedLong(text);
		}
		catch (NumberFormatException ex) {
			throw new RefusedException(500, "strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
		}
	}

	private static Object keys(List<KeyValue> entries, String prefix, String separator) {
		TreeSet<String> keys = new TreeSet<>();
		for (KeyValue entry : entries) {
			int end = separator.isEmpty() ? -1 : entry.key().indexOf(separator, prefix.length());
			keys.add((end < 0) ? entry.key() : entry.key().substring(0, end + separator.length()));
		}
		return keys;
	}

	private static Map<String, Object> json(KeyValue entry) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("LockIndex", 0);
		json.put("Key", entry.key());
		json.put("Flags", new BigInteger(Long.toUnsignedString(entry.flags())));
		json.put("Value", entry.value().isEmpty() ? null : entry.value());
		json.put("CreateIndex", entry.createIndex());
		json.put("ModifyIndex", entry.modifyIndex());
		return json;
	}

	private static Reply raw(KeyValue entry) {
		return new Reply(200, Map.of("X-Content-Type-Options", "nosniff", "Content-Security-Policy", "sandbox"),
				"text/plain", Base64.getDecoder().decode(entry.value()));
	}

}
