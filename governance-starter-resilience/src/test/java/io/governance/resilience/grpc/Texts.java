// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;

/**
 * Methods whose messages are texts, so that no code need be generated.
 */
final class Texts implements Marshaller<String> {

	static MethodDescriptor<String, String> method(MethodType type, String fullName) {
		return method(type, fullName, false);
	}

	static MethodDescriptor<String, String> method(MethodType type, String fullName, boolean idempotent) {
		return MethodDescriptor.<String, String>newBuilder(new Texts(), new Texts())
			.setType(type)
			.setFullMethodName(fullName)
			.setIdempotent(idempotent)
			.build();
	}

	@Override
	public InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String parse(InputStream stream) {
		try (stream) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
