// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * A script for one key, sent by its hash as long as the server knows it.
 */
final class Script {

	private final String text;

	private final ScriptOutputType type;

	Script(String resource, ScriptOutputType type) {
		this.text = read(resource);
		this.type = type;
	}

	private static String read(String resource) {
		try (InputStream content = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	<T> CompletionStage<T> run(RedisScriptingAsyncCommands<byte[], byte[]> commands, String key, String... arguments) {
		byte[][] keys = { key.getBytes(StandardCharsets.UTF_8) };
		byte[][] values = Stream.of(arguments)
			.map((argument) -> argument.getBytes(StandardCharsets.UTF_8))
			.toArray(byte[][]::new);
		CompletionStage<T> known = commands.evalsha(commands.digest(this.text), this.type, keys, values);
		return known.handle((answer, failure) -> {
			if (isUnknown(failure)) {
				CompletionStage<T> sent = commands.eval(this.text, this.type, keys, values);
				return sent;
			}
			return known;
		}).thenCompose((stage) -> stage);
	}

	private static boolean isUnknown(@Nullable Throwable failure) {
		return failure instanceof RedisNoScriptException
				|| (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
	}

}
