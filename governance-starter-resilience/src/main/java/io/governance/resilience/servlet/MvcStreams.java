// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.Set;
import java.util.function.Predicate;

import io.governance.resilience.inbound.StreamTypes;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Which calls are answered by a stream, as Spring MVC's handler says: by what it returns,
 * or by the media types that it declares. Stateless.
 */
public final class MvcStreams implements Predicate<HttpServletRequest> {

	@Override
	public boolean test(HttpServletRequest request) {
		if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> types
				&& StreamTypes.isNamedIn(types.toString())) {
			return true;
		}
		return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
				&& returnsStream(handler);
	}

	private static boolean returnsStream(HandlerMethod handler) {
		ResolvableType type = ResolvableType.forMethodParameter(handler.getReturnType());
		Class<?> body = HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric().toClass()
				: type.toClass();
		return StreamingResponseBody.class.isAssignableFrom(body) || ResponseBodyEmitter.class.isAssignableFrom(body);
	}

}
