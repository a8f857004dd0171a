/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of libudev's interface that libdevmapper uses, for building it static: kernel/udev_shim.cc is behind it. */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

struct udev;
struct udev_queue;

/* Handles without content; NULL is never returned. Whoever asked for one gives it back. */
struct udev *udev_new(void);
struct udev *udev_unref(struct udev *udev);
struct udev_queue *udev_queue_new(struct udev *udev);
struct udev_queue *udev_queue_unref(struct udev_queue *queue);

/* 1 if udevd runs: its control socket /run/udev/control is there. 0 otherwise: libdevmapper makes the nodes itself. */
int udev_queue_get_udev_is_active(struct udev_queue *queue);

#ifdef __cplusplus
}
#endif
