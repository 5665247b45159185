// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

import io.governance.rejection.InvalidValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;

import org.springframework.web.method.HandlerMethod;

/**
 * Reads violations of constraints on the parameters of a handler whose class is
 * {@code @Validated}.
 */
final class Constraints {

	private Constraints() {
	}

	/**
	 * Reads violations.
	 * @return the values; empty if one of the violations is not about a parameter of the
	 * handler
	 */
	static List<InvalidValue> of(Collection<ConstraintViolation<?>> violations, HandlerMethod handler, boolean form) {
		List<InvalidValue> values = new ArrayList<>();
		for (ConstraintViolation<?> violation : violations) {
			Iterator<Path.Node> path = violation.getPropertyPath().iterator();
			if (!path.hasNext() || !isOf(handler, violation.getRootBeanClass(), path.next()) || !path.hasNext()) {
				return List.of();
			}
			Path.Node target = path.next();
			if (target.getKind() == ElementKind.PARAMETER) {
				int index = target.as(Path.ParameterNode.class).getParameterIndex();
				Place place = Place.of(handler.getMethodParameters()[index], form);
				values.add(place.value(rest(path), violation.getMessage()));
			}
			else if (target.getKind() == ElementKind.CROSS_PARAMETER) {
				values.add(Place.REQUEST.value("", violation.getMessage()));
			}
			else {
				return List.of();
			}
		}
		return values;
	}

	private static boolean isOf(HandlerMethod handler, Class<?> validated, Path.Node node) {
		Method method = handler.getMethod();
		return node.getKind() == ElementKind.METHOD && method.getName().equals(node.getName())
				&& method.getDeclaringClass().isAssignableFrom(validated)
				&& node.as(Path.MethodNode.class).getParameterTypes().equals(Arrays.asList(method.getParameterTypes()));
	}

	/**
	 * Whether two methods are one, be it as declared by an interface or as implemented.
	 */
	static boolean isSame(Method one, Method other) {
		return one.getName().equals(other.getName())
				&& Arrays.equals(one.getParameterTypes(), other.getParameterTypes())
				&& (one.getDeclaringClass().isAssignableFrom(other.getDeclaringClass())
						|| other.getDeclaringClass().isAssignableFrom(one.getDeclaringClass()));
	}

	private static String rest(Iterator<Path.Node> path) {
		StringBuilder rest = new StringBuilder();
		path.forEachRemaining((node) -> {
			if (node.isInIterable() && (node.getIndex() != null || node.getKey() != null)) {
				rest.append('[').append((node.getIndex() != null) ? node.getIndex() : node.getKey()).append(']');
			}
			if (node.getKind() == ElementKind.PROPERTY) {
				rest.append(rest.isEmpty() ? "" : ".").append(node.getName());
			}
		});
		return rest.toString();
	}

}
